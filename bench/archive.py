"""Makes an archive of any size: sections, topics, authors, one shared photo, an article with 30 comments."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from PIL import Image

from articles import publishing
from articles.content import Content, SlideContent
from articles.models import (
    Article,
    ArticleByline,
    Byline,
    Genre,
    Revision,
    Section,
    Slide,
    Status,
    TaggedArticle,
    Topic,
)
from articles.signals import article_changed
from comments.models import Comment
from comments.models import Status as CommentStatus
from media.ingest import ingest
from media.models import Photo
from newsroom.models import User

WORDS = [
    "river",
    "harbour",
    "council",
    "vote",
    "bridge",
    "market",
    "school",
    "winter",
    "coast",
    "teacher",
    "union",
    "ferry",
    "museum",
    "election",
    "mountain",
]
PARAGRAPHS = 14


def _vocabulary() -> list[str]:
    """1,500 words, the common ones first, so that made-up prose packs about as well as real prose."""
    dice = random.Random(7)
    made = (
        "".join(dice.choice("bcdfglmnprstv") + dice.choice("aeiou") for _ in range(dice.randint(1, 4)))
        for _ in range(1485)
    )
    return [*WORDS, *made]


VOCABULARY = _vocabulary()
WEIGHTS = [1 / (rank + 3) for rank in range(len(VOCABULARY))]  # Source: Zipf's law


def _text(number: int, words: int) -> str:
    return " ".join(random.Random(number).choices(VOCABULARY, WEIGHTS, k=words)).capitalize()


def _body(number: int) -> str:
    return "".join(f"<p>{_text(100 * number + step, 60)}.</p>" for step in range(PARAGRAPHS))


class Archive:
    """The rows that articles share, and the one article that is measured."""

    def __init__(self) -> None:
        self.sections = [
            Section.objects.create(name=name, position=n)
            for n, name in enumerate(("News", "Culture", "Sport", "Opinion"))
        ]
        self.authors = [Byline.objects.create(name=f"Author {n}") for n in range(5)]
        self.topics = [Topic.objects.create(name=word) for word in WORDS[:6]]
        picture = io.BytesIO()
        Image.effect_noise((1600, 1067), 60).convert("RGB").save(picture, "JPEG", quality=80)
        self.photo: Photo = ingest(
            file=ContentFile(picture.getvalue(), name="photo.jpg"),
            alt="Noise",
            credit="Example Agency",
            caption="Noise.",
        )
        self.article = self._measured()
        self.count = 1

    def _measured(self) -> Article:
        content = Content(
            headline="The measured article",
            standfirst=_text(1, 25),
            body=_body(1),
            section_id=self.sections[0].pk,
            byline_ids=[self.authors[0].pk],
            tags=[topic.name for topic in self.topics[:3]],
            slides=[SlideContent(self.photo.pk)],
        )
        article = publishing.create(content=content, by=None)
        publishing.publish(article=article, by=None)
        readers = [User.objects.create(username=f"reader-{n}", email=f"reader-{n}@example.org") for n in range(10)]
        parent = None
        for number in range(30):
            parent = Comment.objects.create(
                article=article,
                parent=parent if number % 3 else None,
                author=readers[number % 10],
                body=_text(number, 30),
                status=CommentStatus.PUBLISHED,
                decided_at=timezone.now(),
            )
        Article.objects.filter(pk=article.pk).update(comment_count=30)
        return article

    def grow(self, size: int) -> None:
        """The archive has ``size`` live articles, the newest a minute old."""
        new = [self._row(number) for number in range(self.count, size)]
        made = Article.objects.bulk_create(new, batch_size=200)
        revisions = [
            Revision(article=row, number=1, content=self._content(row), created_at=row.created_at) for row in made
        ]
        Revision.objects.bulk_create(revisions, batch_size=200)
        number_one = Revision.objects.filter(article=OuterRef("pk"), number=1).values("pk")[:1]
        keys = [row.pk for row in made]
        for start in range(0, len(keys), 500):
            some = Article.objects.filter(pk__in=keys[start : start + 500])
            some.update(status=Status.LIVE, live_revision=Subquery(number_one), latest_revision=Subquery(number_one))
        self._attach(made)
        for row in made:
            article_changed.send(sender=Article, article_id=row.pk)
        self.count = size

    def _row(self, number: int) -> Article:
        at = timezone.now() - timedelta(minutes=number)
        return Article(
            headline=_text(number, 8),
            slug=f"story-{number}",
            standfirst=_text(number, 25),
            body=_body(number),
            genre=Genre.OPINION if number % 4 == 3 else Genre.NEWS,
            section=self.sections[number % 4],
            lead_photo=self.photo,
            published_at=at,
            created_at=at,
            edited_at=at,
            comment_count=number % 17,
        )

    def _content(self, row: Article) -> dict[str, Any]:
        return Content(
            headline=row.headline,
            slug=row.slug,
            standfirst=row.standfirst,
            body=row.body,
            genre=str(row.genre),
            section_id=row.section_id,
        ).to_json()

    def _attach(self, made: list[Article]) -> None:
        Slide.objects.bulk_create([Slide(article=row, photo=self.photo) for row in made], batch_size=500)
        ArticleByline.objects.bulk_create(
            [ArticleByline(article=row, byline=self.authors[row.pk % 5]) for row in made], batch_size=500
        )
        tagged = [TaggedArticle(content_object=row, tag=self.topics[row.pk % 6]) for row in made]
        TaggedArticle.objects.bulk_create(tagged, batch_size=500)
