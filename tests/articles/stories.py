"""Short words for the articles' tests, over tests.factories: everything lies in one section "News" unless said."""

from articles.models import Section
from tests import factories


def person(role):
    """A new account with the rights of ``role``; None makes a reader."""
    return factories.UserFactory(role=role)


def section(path="news"):
    """The section at ``path`` ("news/latin-america"), made with its parents where missing."""
    parent = None
    for slug in path.split("/"):
        known = Section.objects.filter(parent=parent, slug=slug).first()
        parent = known or Section.objects.create(
            parent=parent, slug=slug, name=slug.replace("-", " ").title() if "-" in slug else slug.capitalize()
        )
    return parent


def _in_news(given):
    return given if "section_id" in given else {**given, "section_id": section().pk}


def content(**given):
    """Content that is fit to print unless ``given`` says otherwise."""
    return factories.content(**_in_news({"headline": "A story", "body": "<p>The harbour opened.</p>", **given}))


def draft(**given):
    return factories.ArticleFactory(**_in_news(given))


def live(**given):
    """A published article, since an hour ago unless ``at`` says when."""
    return factories.LiveArticleFactory(**_in_news(given))


def in_state(state, *, scheduled=False, **given):
    """An article brought to ``state`` by acts; a ``scheduled`` live one comes out tomorrow."""
    return factories.ArticleFactory(state="scheduled" if scheduled and state == "live" else state, **_in_news(given))
