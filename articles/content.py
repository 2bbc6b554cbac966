"""An article's whole content as one value: what the form edits, a revision keeps and the public row shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from articles import translation_links
from articles.body import references, sanitise, word_count
from articles.models import Article, ArticleByline, Byline, Genre, LiveEntry, Reference, Section, Slide, Stage
from media.usage import hold
from newsroom.choices import CommentMode
from newsroom.text import clean_line, clean_text

LINES = (
    "headline", "short_headline", "seo_headline", "slug", "label", "standfirst", "dateline", "source", "playing_time",
    "canonical_url",
)  # fmt: skip
PLAIN = (
    *LINES, "genre", "stage", "body", "section_id", "language", "translation_of_id", "comment_mode", "comment_days",
)  # fmt: skip


@dataclass(frozen=True)
class SlideContent:
    """One photo of the slides with the words typed for this place."""

    photo_id: int
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Content:
    """All that is an article's content. Lists are in the order shown; ``tags`` holds names.

    An empty ``slug`` follows the headline until the first publication and stays from then on.
    """

    headline: str = ""
    short_headline: str = ""
    seo_headline: str = ""
    slug: str = ""
    label: str = ""
    genre: str = Genre.NEWS.value
    stage: str = Stage.STORY.value
    standfirst: str = ""
    body: str = ""
    dateline: str = ""
    source: str = ""
    playing_time: str = ""
    section_id: int | None = None
    language: str = settings.LANGUAGE_CODE
    translation_of_id: int | None = None
    comment_mode: str = CommentMode.INHERIT.value
    comment_days: int | None = None
    canonical_url: str = ""
    byline_ids: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    slides: list[SlideContent] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Content:
        """What ``to_json`` wrote, also by an older release: unknown keys are dropped, missing ones get their default."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        values["slides"] = [SlideContent(**slide) for slide in values.get("slides", [])]
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """The content as plain JSON values."""
        return asdict(self)

    def cleaned(self) -> Content:
        """The same content with every text cleaned and the body sanitised."""
        values = {name: clean_line(getattr(self, name)) for name in LINES}
        values["body"] = sanitise(self.body)
        values["slug"] = slugify(values["slug"], allow_unicode=True)[:120].strip("-")
        slides = [SlideContent(s.photo_id, clean_text(s.caption), clean_line(s.alt)) for s in _once(self.slides)]
        tags = list(dict.fromkeys(filter(None, (clean_line(tag)[:100] for tag in self.tags))))
        rest = {f.name: getattr(self, f.name) for f in fields(self)}
        return Content(
            **{**rest, **values, "slides": slides, "tags": tags, "byline_ids": list(dict.fromkeys(self.byline_ids))}
        )


def _once(slides: list[SlideContent]) -> list[SlideContent]:
    return list({slide.photo_id: slide for slide in reversed(slides)}.values())[::-1]


def validate(content: Content) -> None:
    """Returns if the row can hold ``content``. Raises ValidationError with a message for each field that is wrong."""
    row = Article(**{name: getattr(content, name) for name in PLAIN})
    row.full_clean(
        exclude=["section", "translation_of", "headline"] if not content.headline else ["section", "translation_of"],
        validate_constraints=False,
    )
    if content.section_id and not Section.objects.filter(pk=content.section_id).exists():
        raise ValidationError({"section": "This section is gone."})


def _has_been_out(article: Article) -> bool:
    """Whether readers could have seen the article at its address. At most one query."""
    now = timezone.now()
    if article.live_revision_id is None:
        return False
    out = Article.objects.filter(pk=article.pk, published_at__lte=now)
    return out.filter(Q(embargo_until__isnull=True) | Q(embargo_until__lte=now)).exists()


def apply(content: Content, article: Article) -> None:
    """The row, its slides, bylines, topics and references show ``content``. What was deleted meanwhile is left out.

    The row is saved; call inside a transaction.
    """
    slug = content.slug or (article.slug if _has_been_out(article) else "")
    for name in PLAIN:
        setattr(article, name, getattr(content, name))
    article.slug = slug  # empty: Article.save makes it from the headline
    if content.section_id is None or not Section.objects.filter(pk=content.section_id).exists():
        article.section_id = None
    article.translation_of_id = translation_links.original_of(content.translation_of_id, article)
    cited = [pk for kind, pk in references(content.body) if kind == Reference.Kind.PHOTO]
    photos = hold([*cited, *(slide.photo_id for slide in content.slides)])
    slides = [slide for slide in content.slides if slide.photo_id in photos]
    article.lead_photo_id = slides[0].photo_id if slides else None
    article.word_count = word_count(content.body)
    article.save()
    _apply_slides(article, slides)
    _apply_bylines(article, content.byline_ids)
    if list(article.tagged.order_by("pk").values_list("tag__name", flat=True)) != content.tags:
        article.tags.clear()
        article.tags.add(*content.tags)
    keep_references(article)
    translation_links.keep(article)


def _apply_slides(article: Article, slides: list[SlideContent]) -> None:
    article.slides.all().delete()
    Slide.objects.bulk_create(
        Slide(article=article, photo_id=s.photo_id, position=n, caption=s.caption, alt=s.alt)
        for n, s in enumerate(slides)
    )


def _apply_bylines(article: Article, byline_ids: list[int]) -> None:
    there = set(Byline.objects.filter(pk__in=byline_ids).values_list("pk", flat=True))
    article.article_bylines.all().delete()
    ArticleByline.objects.bulk_create(
        ArticleByline(article=article, byline_id=pk, position=n)
        for n, pk in enumerate(pk for pk in byline_ids if pk in there)
    )


def keep_references(article: Article) -> None:
    """The references of ``article`` are those of its text and of the posts of its live coverage, removed ones included:
    they can be brought back. Call inside a transaction."""
    found = set(references(article.body))
    if article.coverage_state:
        for body, photo_id in LiveEntry.objects.filter(article=article).values_list("body", "photo_id"):
            found |= {*references(body), *([("photo", photo_id)] if photo_id else [])}
    article.references.all().delete()
    Reference.objects.bulk_create(Reference(article=article, kind=kind, object_id=pk) for kind, pk in sorted(found))
