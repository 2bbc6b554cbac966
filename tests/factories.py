"""Makes people, sections, photos, articles and comments for tests, by the same doors as the site itself.

ArticleFactory(headline="…")                      a draft
LiveArticleFactory(section=…, photos=[…])         published an hour ago, or ``at=``
ArticleFactory(state="scheduled" | "withdrawn" | "killed" | "in_review" | …)
UserFactory(role="Editor")                        staff with that role; without one a reader. The password is PASSWORD.
"""

import io
import itertools
from datetime import timedelta

import factory
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles import assignments, front_pages, publishing
from articles.content import Content, SlideContent
from articles.front_rows import Arrangement, Row
from articles.models import Article, Assignment, Byline, Section, Topic
from comments import standing
from comments.models import Comment
from comments.models import Status as CommentStatus
from media.ingest import ingest
from media.models import Photo
from newsroom.models import User

PASSWORD = "correct-horse-battery"
_colours = itertools.count(1)


def jpeg(size=(320, 214), *, colour=None):
    """The bytes of a small real JPEG. No two calls give the same picture unless ``colour`` is given."""
    number = next(_colours)
    image = Image.new("RGB", size, colour or (number * 7 % 256, number // 37 % 256, 120))
    if colour is None:  # four corner points count on where the colours come round again
        image.putpixel((0, 0), (number % 256, number // 256 % 256, 255))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95, comment=f"picture {number}".encode() if colour is None else b"")
    return file.getvalue()


class UserFactory(factory.django.DjangoModelFactory):
    """A reader; with ``role=`` a member of staff."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    name = factory.Sequence(lambda n: f"Person Number {n}")

    @classmethod
    def _create(cls, model_class, *args, role=None, **fields):
        fields.setdefault("is_staff", role is not None)
        person = model_class.objects.create_user(*args, **{"password": PASSWORD, **fields})
        if role is not None:
            person.groups.add(Group.objects.get(name=role))
        return person


class SectionFactory(factory.django.DjangoModelFactory):
    """A visible section at the top, or under ``parent=``."""

    class Meta:
        model = Section

    name = factory.Sequence(lambda n: f"Section {n}")
    position = factory.Sequence(lambda n: n)


class BylineFactory(factory.django.DjangoModelFactory):
    """An author without an account."""

    class Meta:
        model = Byline

    name = factory.Sequence(lambda n: f"Author {n}")


class TopicFactory(factory.django.DjangoModelFactory):
    """A topic; articles get theirs by name, ``ArticleFactory(tags=["Rivers"])``."""

    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Topic {n}")


class PhotoFactory(factory.Factory):
    """A photo taken in by media.ingest, fit to print: it has alt text and a credit. ``size=`` and ``data=`` set its file."""

    class Meta:
        model = Photo

    alt = factory.Sequence(lambda n: f"What photo {n} shows")
    caption = factory.Sequence(lambda n: f"Caption of photo {n}.")
    credit = "Example Agency"

    @classmethod
    def _create(cls, model_class, *, size=(320, 214), data=None, by=None, **fields):
        barred = {name: fields.pop(name) for name in ("valid_until", "do_not_publish") if name in fields}
        photo = ingest(file=ContentFile(data or jpeg(size), name="photo.jpg"), by=by, **fields)
        if barred:
            Photo.objects.filter(pk=photo.pk).update(**barred)
            photo.refresh_from_db()
        return photo


class ArticleFactory(factory.Factory):
    """An article in ``state``: any status, or "scheduled". Every field of Content may be given."""

    class Meta:
        model = Article

    state = "draft"
    headline = factory.Sequence(lambda n: f"Headline number {n}")
    standfirst = factory.Sequence(lambda n: f"Standfirst number {n}.")
    body = factory.Sequence(lambda n: f"<p>Body of article {n}.</p>")

    @classmethod
    def _create(cls, model_class, *, state, at=None, by=None, embargo_until=None, expires_at=None, **fields):
        article = publishing.create(content=content(**fields), by=by)
        if embargo_until or expires_at:
            publishing.set_times(article=article, by=by, embargo_until=embargo_until, expires_at=expires_at)
        _lead_to(state, article, at=at, by=by)
        article.refresh_from_db()
        return article


class LiveArticleFactory(ArticleFactory):
    """A published article."""

    state = "live"


def content(*, section=None, photos=(), bylines=(), **fields):
    """A Content with objects in place of ids; a section is made if none is given."""
    if "section_id" not in fields:
        fields["section_id"] = (section or SectionFactory()).pk
    fields.setdefault("slides", [SlideContent(photo.pk) for photo in photos])
    fields.setdefault("byline_ids", [byline.pk for byline in bylines])
    return Content(**fields)


ROADS = {
    "draft": (),
    "in_review": ("submit",),
    "changes_wanted": ("submit", "ask_changes"),
    "approved": ("submit", "approve"),
    "live": ("publish",),
    "scheduled": ("publish",),
    "withdrawn": ("publish", "withdraw"),
    "killed": ("publish", "ask_kill", "kill"),
    "trash": ("trash",),
}


def _lead_to(state, article, *, at, by):
    now = timezone.now()
    moment = at or (now + timedelta(days=1) if state == "scheduled" else now - timedelta(hours=1))
    for act in ROADS[state]:
        if act == "publish":
            publishing.publish(article=article, by=by, at=moment)
        elif publishing.TRANSITIONS[act].needs_note:
            getattr(publishing, act)(article=article, by=by, note="For a reason.")
        else:
            getattr(publishing, act)(article=article, by=by)


class AssignmentFactory(factory.Factory):
    """An idea; with ``assignee=`` it is assigned."""

    class Meta:
        model = Assignment

    title = factory.Sequence(lambda n: f"Idea number {n}")

    @classmethod
    def _create(cls, model_class, *, by=None, assignee=None, section=None, **fields):
        values = {**fields, "section_id": section.pk if section else None}
        made = assignments.suggest(by=by, values=values)
        if assignee is not None:
            assignments.assign(assignment=made, by=None, assignee=assignee)
        return made


class CommentFactory(factory.django.DjangoModelFactory):
    """A comment by a new reader, waiting; a published one is counted on its article."""

    class Meta:
        model = Comment

    article = factory.SubFactory(LiveArticleFactory)
    author = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"Comment number {n}.")
    status = CommentStatus.WAITING
    decided_at = factory.LazyAttribute(
        lambda comment: None if comment.status == CommentStatus.WAITING else timezone.now()
    )

    @classmethod
    def _create(cls, model_class, *args, **fields):
        comment = super()._create(model_class, *args, **fields)
        if comment.status == CommentStatus.PUBLISHED:
            standing.changed(comment, None)
            comment.article.refresh_from_db(fields=["comment_count"])
        return comment


class PublishedCommentFactory(CommentFactory):
    """A comment that readers see."""

    status = CommentStatus.PUBLISHED


def arrange_front(stories, *, language="en", section=None):
    """The home page of ``language``, or the front of ``section``, with ``stories`` at their places ({1: article})."""
    page = front_pages.front_of(section) if section else front_pages.home_of(language)
    rows = tuple(Row(place, story.pk) for place, story in stories.items())
    return front_pages.arrange(page, Arrangement(rows))
