"""The article's form: the whole content as one value, and what stands beside it."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.utils import to_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.acts import NotYourSection
from articles.admin.widgets import Moment, OrderedChoiceField, OrderedSelects, SlidesField, SlidesWidget
from articles.body.field import body_form_field
from articles.content import PLAIN, Content
from articles.models import Article, ArticleByline, Byline, Genre, Section, Slide, Stage, Status, Topic
from articles.playing_time import PLAYING_TIME
from articles.publishing import ActRefused, NoteMissing, NotFitToPrint
from media.models import Photo
from newsroom.autocomplete import KnownSelect
from newsroom.choices import CommentMode
from newsroom.languages import default_language

HEADLINE, STANDFIRST = 90, 220  # characters that read well; a counter, not a limit. Source: design brief, section 7.
TIMES = {"publish_at": "published_at", "embargo_until": "embargo_until", "expires_at": "expires_at"}  # of the row


class SectionChoice(forms.ModelChoiceField[Any]):
    """A section with its whole way down: "News › Latin America"."""

    def label_from_instance(self, obj: Any) -> str:
        return "\u00a0\u00a0" * int(obj.depth) + str(obj.name)


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _text(label: Any, most: int, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **given)


def _joined(names: list[str]) -> str:
    """The names on one line, commas between; a name that holds a comma stands in quotes."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(names)
    return line.getvalue().replace(",", ", ") if not any("," in name for name in names) else line.getvalue()


def _parted(line: str) -> list[str]:
    return next(csv.reader([" ".join(line.replace("\x00", "").split())], skipinitialspace=True), [])


def _minute(moment: datetime | None) -> datetime | None:
    """As the form shows it: browsers send no seconds."""
    return moment.replace(second=0, microsecond=0) if moment else None


COMMENT_DAYS_MOST = 3650


class ArticleForm(forms.Form):
    """Every field of articles.content.Content, the number of the revision the writer started from, and a note.

    Texts arrive raw: NUL and other control characters are cleaned, not refused, so that no paste is lost.
    """

    headline = _text(
        gettext_lazy("Headline"), 200, widget=_area(2, **{"data-count": HEADLINE, "class": "sheet__headline"})
    )
    standfirst = _text(
        gettext_lazy("Standfirst"), 500, widget=_area(3, **{"data-count": STANDFIRST, "class": "sheet__standfirst"})
    )
    slides = SlidesField(label=gettext_lazy("Photo slides"), required=False)
    body = body_form_field()
    section = SectionChoice(label=gettext_lazy("Section"), queryset=Section.objects.order_by("path"), required=False)
    genre = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Genre.choices)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=Stage.choices,
        initial=Stage.STORY,
        required=False,
        help_text=gettext_lazy("A flash is a headline and one sentence at most, labelled “Breaking”."),
    )
    label = _text(gettext_lazy("Label"), 60, help_text=gettext_lazy("Empty: the kind, unless it is news."))
    tags = _text(gettext_lazy("Topics"), 1000, help_text=gettext_lazy("Separated by commas."))
    bylines = OrderedChoiceField(label=gettext_lazy("Authors"), queryset=Byline.objects.all(), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        initial=default_language,
        widget=forms.Select(attrs={"data-rtl": " ".join(settings.LANGUAGES_BIDI)}),
    )
    translation_of = forms.ModelChoiceField(
        label=gettext_lazy("Translation of"), queryset=Article.objects.all(), required=False
    )
    comment_mode = forms.ChoiceField(
        label=gettext_lazy("Comments"), choices=CommentMode.choices, initial=CommentMode.INHERIT
    )
    comment_days = forms.IntegerField(
        label=gettext_lazy("Comments close after days"),
        required=False,
        min_value=0,
        max_value=COMMENT_DAYS_MOST,
        help_text=gettext_lazy("Empty: as set above. 0: never."),
    )
    short_headline = _text(gettext_lazy("Short headline"), 120, help_text=gettext_lazy("For cards."))
    seo_headline = _text(gettext_lazy("Headline for search engines"), 120)
    slug = _text(gettext_lazy("Slug"), 120, help_text=gettext_lazy("Empty: made from the headline."))
    dateline = _text(gettext_lazy("Dateline"), 80)
    source = _text(gettext_lazy("Source agency"), 80)
    playing_time = _text(
        gettext_lazy("Playing time"),
        8,
        validators=[PLAYING_TIME],
        help_text=gettext_lazy("Of the recording in the text, such as 24:10. Stands on the picture of its cards."),
    )
    canonical_url = forms.URLField(
        label=gettext_lazy("Canonical address"), max_length=500, required=False, assume_scheme="https"
    )
    update_at = Moment(label=gettext_lazy("Update at"), show_hidden_initial=True)
    publish_at = Moment(label=gettext_lazy("Publish at"), show_hidden_initial=True)
    embargo_until = Moment(label=gettext_lazy("Embargo until"), show_hidden_initial=True)
    expires_at = Moment(label=gettext_lazy("Expires"), show_hidden_initial=True)
    base = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    saves = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)  # of a new article: sent twice, it is one
    note = _text(
        gettext_lazy("Note"),
        255,
        help_text=gettext_lazy("Why, for your colleagues. Needed to ask for changes, withdraw or kill."),
    )

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.taken: Content | None = None
        if article is not None and article.status == Status.LIVE:
            self.fields["publish_at"].disabled = True  # the way to another time is "Take off the schedule"
            self.initial.setdefault("publish_at", article.published_at)
        if article is not None:  # what the sheet showed may come back, see Moment
            stored = {**{name: getattr(article, row) for name, row in TIMES.items()}, "update_at": article.update_at}
            self.initial = {**stored, **self.initial}
        site = admin.site
        fields: dict[str, Any] = self.fields
        fields["bylines"].widget = OrderedSelects(
            ArticleByline._meta.get_field("byline"), site, choices=fields["bylines"].choices
        )
        fields["translation_of"].widget = KnownSelect(
            Article._meta.get_field("translation_of"), site, choices=fields["translation_of"].choices
        )
        photos = forms.ModelChoiceField(Photo.objects.all()).choices
        fields["slides"].widget = SlidesWidget(KnownSelect(Slide._meta.get_field("photo"), site, choices=photos))
        fields["tags"].widget.attrs["list"] = "topics-known"
        for name in ("headline", "standfirst", "body", "label", "short_headline", "seo_headline", "dateline", "source"):
            fields[name].validators = [
                v for v in fields[name].validators if type(v).__name__ != "ProhibitNullCharactersValidator"
            ]

    @property
    def known_topics(self) -> list[str]:
        """Names to suggest, the hundred most used are enough. One query."""
        return list(Topic.objects.order_by("name").values_list("name", flat=True)[:200])

    @staticmethod
    def initial_from(content: Content, article: Article | None) -> dict[str, Any]:
        """What the form shows for ``content`` and the times of ``article``."""
        initial: dict[str, Any] = {name: getattr(content, name) for name in PLAIN}
        initial["section"], initial["translation_of"] = content.section_id, content.translation_of_id
        initial["bylines"], initial["slides"] = content.byline_ids, content.slides
        initial["tags"] = _joined(content.tags)
        if article is not None:
            initial |= {name: _minute(getattr(article, stored)) for name, stored in TIMES.items()}
            initial["update_at"] = _minute(article.update_at)
            initial["base"] = article.latest_revision.number if article.latest_revision else None
            initial["saves"] = article.latest_revision.saves if article.latest_revision else None
        else:
            initial["key"] = uuid4()
        return initial

    def take(self, content: Content, *, base: int, saves: int | None) -> None:
        """A valid form says ``content`` from now on, as if it had been begun on version ``base``."""
        self.taken = content
        self.cleaned_data |= {"base": base, "saves": saves}

    def content(self) -> Content:
        """The content typed, of a valid form, or taken."""
        if self.taken is not None:
            return self.taken
        data = self.cleaned_data
        plain = {name: data[name] for name in PLAIN if name in data}
        plain["stage"] = plain["stage"] or Stage.STORY.value
        section, original = data["section"], data["translation_of"]
        return Content(
            **plain,
            section_id=section.pk if section else None,
            translation_of_id=original.pk if original else None,
            byline_ids=data["bylines"],
            tags=_parted(data["tags"]),
            slides=data["slides"],
        )

    def times(self, article: Article) -> dict[str, Any]:
        """The row's three times as typed; one that the writer did not touch is as ``article`` has it now."""
        touched = set(self.changed_data)
        return {
            stored: self.cleaned_data[name] if name in touched else getattr(article, stored)
            for name, stored in TIMES.items()
        }

    @property
    def wanted_moment(self) -> datetime | None:
        """The moment typed; now if the field was emptied; None if it was not touched."""
        touched = "publish_at" in self.changed_data
        return (self.cleaned_data["publish_at"] or timezone.now()) if touched else None

    @property
    def wanted_update(self) -> datetime | None:
        """When the update shall happen; None: at once."""
        moment: datetime | None = self.cleaned_data["update_at"]
        return moment

    def rebase(self, article: Article) -> None:
        """The form goes on from what ``article`` is now, after its text was saved."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["base"] = str(article.latest_revision.number if article.latest_revision else "")
        data["saves"] = str(article.latest_revision.saves if article.latest_revision else "")
        for name, stored in TIMES.items():
            moment = _minute(getattr(article, stored))
            data[self.add_initial_prefix(name)] = to_current_timezone(moment).isoformat(sep=" ") if moment else ""
        self.data = data

    def add_refusal(self, refusal: ValidationError | ActRefused) -> None:
        """The messages of a refused save or act stand at their fields, those without a field at the top."""
        found: list[tuple[str | None, str]]
        if isinstance(refusal, NotFitToPrint):
            found = [(failure.field, failure.message) for failure in refusal.failures]
        elif isinstance(refusal, NoteMissing):
            found = [("note", str(refusal))]
        elif isinstance(refusal, NotYourSection):
            found = [("section", str(refusal))]
        elif isinstance(refusal, ActRefused):
            found = [(None, str(refusal))]
        else:
            by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
            found = [(str(name), message) for name, messages in by_field.items() for message in messages]
        for name, message in found:
            self.add_error(name if name in self.fields else None, message)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("publish_at"), data.get("expires_at")
        if begins and ends and ends <= begins:
            self.add_error(
                "expires_at", ValidationError(_("The article must expire after it is published."), code="order")
            )
        return data
