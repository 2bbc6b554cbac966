"""Which notices the life of articles and assignments gives to whom."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy

from articles import rights
from articles.models import Article, Assignment, AssignmentAct, EditorialAct
from articles.signals import act_done, assignment_changed
from newsroom import notices
from newsroom.models import User

VIEW, WRITE, REVIEW = "articles.view_article", "articles.add_article", "articles.review_article"
TO_AUTHORS = {
    "ask_changes": "changes",
    "ask_update_changes": "changes",
    "approve": "progress",
    "publish": "progress",
    "approve_update": "progress",
    "update": "progress",
}
TO_EDITORS = ("submit", "submit_update")


KINDS = (
    notices.Kind(
        "mention",
        gettext_lazy("Somebody mentions me in a note"),
        gettext_lazy("%(who)s mentions you: %(about)s"),
        VIEW,
    ),
    notices.Kind(
        "answer",
        gettext_lazy("Somebody answers in a talk that I take part in"),
        gettext_lazy("%(who)s answers: %(about)s"),
        VIEW,
        by_mail=False,
    ),
    notices.Kind(
        "assigned",
        gettext_lazy("An assignment is given to me"),
        gettext_lazy("%(who)s assigns to you: %(about)s"),
        WRITE,
    ),
    notices.Kind(
        "changes",
        gettext_lazy("Changes are wanted in an article of mine"),
        gettext_lazy("%(who)s asks for changes: %(about)s"),
        WRITE,
    ),
    notices.Kind(
        "progress",
        gettext_lazy("An article of mine is approved, scheduled, published or updated"),
        gettext_lazy("%(who)s approved or published: %(about)s"),
        WRITE,
        by_mail=False,
    ),
    notices.Kind(
        "stale",
        gettext_lazy("The original of a translation of mine was changed or corrected"),
        gettext_lazy("%(who)s changed the original of: %(about)s"),
        WRITE,
    ),
    notices.Kind(
        "review",
        gettext_lazy("An article waits for review"),
        gettext_lazy("%(who)s sends to review: %(about)s"),
        REVIEW,
        by_mail=False,
        is_broadcast=True,
    ),
)


def register() -> None:
    """The desk knows these kinds, in this order."""
    notices.register(*KINDS)


def authors(article: Article) -> list[User]:
    """The accounts behind an article: who began it, who wrote its newest version, its bylines'. Two queries."""
    named = User.objects.filter(byline__articles=article).distinct()
    latest = article.latest_revision
    people = [article.created_by, latest.author if latest else None, *named]
    return list(dict.fromkeys(person for person in people if person is not None))


def editors() -> list[User]:
    """Staff who may review. One query."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return list(User.objects.with_perm(REVIEW, backend=backend).filter(is_staff=True))


@receiver(act_done, dispatch_uid="notices-of-articles")
def on_act(sender: Any, act: EditorialAct, article: Article, **_kwargs: Any) -> None:
    """The authors know what became of their article, the editors what waits for them."""
    kind = TO_AUTHORS.get(act.act) or ("review" if act.act in TO_EDITORS else None)
    if kind is None or act.by is None:  # nobody's act: imports and the clock
        return
    people, right = (editors(), REVIEW) if kind == "review" else (authors(article), VIEW)
    people = [person for person in people if rights.may(person, right, article)]
    url = reverse("admin:articles_article_change", args=[article.pk])
    notices.tell(people, kind, key=f"act-{act.pk}", by=act.by, about=str(article), url=url, note=act.note)


@receiver(assignment_changed, dispatch_uid="notices-of-assignments")
def on_assignment(sender: Any, act: AssignmentAct, assignment: Assignment, **_kwargs: Any) -> None:
    """Who is given work knows of it."""
    if act.act == "assign" and assignment.assignee is not None:
        url = reverse("admin:articles_assignment_change", args=[assignment.pk])
        key = f"assignment-{act.pk}"
        notices.tell(
            [assignment.assignee], "assigned", key=key, by=act.by, about=assignment.title, url=url, note=act.note
        )
