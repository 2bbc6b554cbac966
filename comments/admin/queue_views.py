"""The queue's pages: a tab, an act, its undoing, and what colleagues did meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comments import moderation, queue, reasons
from comments.admin import acts
from comments.models import Comment
from comments.moderation import PERMISSION, ModerationRefused
from comments.privacy import hidden_articles
from comments.queue_rows import Row
from newsroom.frame import for_request
from newsroom.models import User

MOST_ASKED = 200  # rows whose state is asked for at once


def queue_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """One page of a tab. Template: admin/comments/comment/queue.html; a script that sends ``X-Fragment`` gets the rows alone.

    Context: tabs, tab, rows, next_cursor, oldest_at, last_approved_at and that of ``shared``. Nineteen queries at most,
    whatever the number of rows and of comments.
    """
    require_reader(request)
    tab = request.GET.get("tab", "waiting")
    if tab not in queue.TABS:
        raise Http404
    after = request.GET.get("after", "")
    page = queue.page_of(tab, after)
    context: dict[str, Any] = {"tab": tab, "next_cursor": page.next_cursor, "after": after}
    if not page.rows:
        context["last_approved_at"] = queue.last_approved_at()
    if "X-Fragment" in request.headers:
        context |= _for_rows(request, page.rows)
        return TemplateResponse(request, "admin/comments/comment/_rows.html", context)
    counts = queue.tab_counts()
    context |= {
        **shared(request, site, title=_("Comments"), rows=page.rows),
        "tabs": [{"code": code, "label": label, "count": counts[code]} for code, label in queue.TABS.items()],
        "waiting": counts["waiting"],
        "oldest_at": queue.oldest_waiting_at() if counts["waiting"] != "0" else None,
        "place": "queue",
    }
    return TemplateResponse(request, "admin/comments/comment/queue.html", context)


def shared(request: HttpRequest, site: AdminSite, *, title: str, rows: Sequence[Row] = ()) -> dict[str, Any]:
    """What every page with rows needs: the desk's frame, rows, may_moderate, rejections, hidden_articles, done (sentence and
    token to undo it), query (the page's own query string)."""
    token = request.GET.get("done", "")
    done = acts.read_token(token) if token else None
    own = request.GET.copy()
    own.pop("done", None)
    request.current_app = site.name
    return {
        **site.each_context(request),
        "title": title,
        "opts": Comment._meta,
        **_for_rows(request, rows),
        "done_sentence": done[1] if done else "",
        "done_token": token if done else "",
        "query": own.urlencode(),
    }


def _for_rows(request: HttpRequest, rows: Sequence[Row]) -> dict[str, Any]:
    """``rows`` and what their template needs. One query for people who may not see every article."""
    return {
        "rows": rows,
        "may_moderate": request.user.has_perm(PERMISSION),
        "rejections": reasons.choices(get_language() or "en", shown=for_request(request)),
        "hidden_articles": hidden_articles(request.user, {row.comment.article_id for row in rows}),
    }


def act(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Carries out what a button of the queue sent, and returns to its page; a script gets JSON.

    Templates: admin/comments/comment/sure.html before many are decided without a script, answer.html for an answer
    that was not taken, with the text in it.
    """
    moderator = require_moderator(request)
    if request.POST.get("one", "").startswith("reply-"):
        return _answer(request, site, moderator)
    order = acts.read(request.POST)
    if len(order.ids) > acts.ASK_OVER and request.accepts("text/html") and "sure" not in request.POST:
        context = {**shared(request, site, title=_("Comments")), "order": order, "sent": _sent_again(request)}
        return TemplateResponse(request, "admin/comments/comment/sure.html", context)
    return _told(request, acts.carry_out(order, by=moderator))


def _sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form, for sending them once more."""
    left_out = {"csrfmiddlewaretoken", "one"}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def _answer(request: HttpRequest, site: AdminSite, moderator: User) -> HttpResponse:
    pk = request.POST["one"].removeprefix("reply-")
    text = request.POST.get(f"answer-{pk}", "")
    try:
        result = acts.answer(pk, text, by=moderator)
    except ModerationRefused as refusal:
        if not request.accepts("text/html"):
            return JsonResponse({"sentence": str(refusal), "refused": True, "counts": queue.tab_counts()})
        context = {**shared(request, site, title=_("Answer")), "pk": pk, "text": text, "refusal": str(refusal)}
        return TemplateResponse(request, "admin/comments/comment/answer.html", context, status=422)
    return _told(request, result)


def undo(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Undoes what the token stands for, and returns to its page; a script gets JSON."""
    return _told(request, acts.take_back(request.POST.get("done", ""), by=require_moderator(request)))


def states(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """As JSON: the sentence about each comment of ``ids`` (12-waiting,13-waiting) that is not in the named state any more.

    One query.
    """
    require_reader(request)
    seen: dict[int, str] = {}
    for part in request.GET.get("ids", "").split(",")[:MOST_ASKED]:
        pk, _dash, status = part.partition("-")
        if pk.isascii() and pk.isdigit() and len(pk) <= 18:
            seen[int(pk)] = status
    found = Comment.objects.filter(pk__in=seen).select_related("decided_by").defer("body")
    return JsonResponse({row.pk: moderation.said(row) for row in found if row.status != seen[row.pk]})


def _told(request: HttpRequest, result: acts.Result) -> HttpResponse:
    if not request.accepts("text/html"):
        return JsonResponse(
            {
                "sentences": result.sentences,
                "sentence": result.sentence,
                "undo": result.token,
                "changed": result.changed,
                "counts": queue.tab_counts(),
            }
        )
    if not result.token:
        messages.info(request, result.sentence)
    return HttpResponseRedirect(_back(request, done=result.token))


def _back(request: HttpRequest, *, done: str) -> str:
    """The address of the page that sent the form, with what undoes it."""
    place, query = request.POST.get("place", ""), QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    query.pop("done", None)
    if place == "search":
        path = reverse("admin:comments_comment_search")
    elif place.isascii() and place.isdigit() and len(place) <= 18:
        path = reverse("admin:comments_comment_reader", args=[int(place)])
    else:
        path, tab = reverse("admin:comments_comment_changelist"), query.get("tab") or request.POST.get("tab", "")
        query = QueryDict(mutable=True)
        query["tab"] = tab if tab in queue.TABS else "waiting"
    if done:
        query["done"] = done
    return f"{path}?{query.urlencode()}"


def require_reader(request: HttpRequest) -> None:
    """Raises PermissionDenied for people who may not even see the queue."""
    if not request.user.has_perm("comments.view_comment"):
        raise PermissionDenied


def require_moderator(request: HttpRequest) -> User:
    """The moderator who asks. Raises PermissionDenied for everybody else."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return cast("User", request.user)
