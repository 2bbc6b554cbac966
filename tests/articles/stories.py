"""Articles for the tests, made by the same acts as real ones."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from articles import publishing
from articles.content import Content
from articles.models import Article, Section, Status
from newsroom.models import User

_number = count(1)


def person(role):
    """A new account with the rights of ``role``; None makes a reader."""
    user = User.objects.create_user(
        f"person{next(_number)}", f"person{next(_number)}@example.org", is_staff=role is not None
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def section(path="news", **given):
    """The section at ``path`` ("news/latin-america"), made with its parents where missing."""
    parent = None
    for slug in path.split("/"):
        known = Section.objects.filter(parent=parent, slug=slug).first()
        parent = known or Section.objects.create(
            parent=parent, slug=slug, name=slug.replace("-", " ").capitalize(), **given
        )
    return parent


def content(**given):
    """Content that is fit to print unless ``given`` says otherwise."""
    given.setdefault("headline", f"Story number {next(_number)}")
    given.setdefault("body", "<p>The harbour opened again.</p>")
    if "section_id" not in given:
        given["section_id"] = section().pk
    return Content(**given)


def draft(**given):
    return publishing.create(content=content(**given), by=None)


def live(at=None, **given):
    """A published article, since an hour ago unless ``at`` says when."""
    article = draft(**given)
    publishing.publish(article=article, by=None, at=at or timezone.now() - timedelta(hours=1))
    return article


def in_state(state, *, scheduled=False, **given):
    """An article brought to ``state`` by acts; a ``scheduled`` live one comes out tomorrow."""
    article = draft(**given)
    if state in {Status.IN_REVIEW, Status.CHANGES_WANTED, Status.APPROVED}:
        publishing.submit(article=article, by=None)
    if state == Status.CHANGES_WANTED:
        publishing.ask_changes(article=article, by=None, note="Shorter.")
    if state == Status.APPROVED:
        publishing.approve(article=article, by=None)
    if state in {Status.LIVE, Status.WITHDRAWN, Status.KILLED}:
        days = 1 if scheduled and state == Status.LIVE else -1
        publishing.publish(article=article, by=None, at=timezone.now() + timedelta(days=days))
    if state == Status.WITHDRAWN:
        publishing.withdraw(article=article, by=None, note="A doubt.")
    if state == Status.KILLED:
        publishing.kill(article=article, by=None, note="This story was removed.")
    if state == Status.TRASH:
        publishing.trash(article=article, by=None)
    return Article.objects.get(pk=article.pk)
