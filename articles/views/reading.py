"""A reader's own list: saved stories and followed topics. Personal, so no cache keeps any of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article, FollowedTopic, SavedArticle, Topic
from articles.paging import page_of
from newsroom.models import User

SHOWN, PAGE = 100, 20  # saved stories listed, stories about followed topics on a page
Keep = Callable[[bool], None]


@never_cache
@login_required
@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    """The newest hundred saved stories, the followed topics, and what is new about these. Five queries.

    A story that is not public any more shows no word of itself. Template: reading/list.html, context: saved
    [(SavedArticle, Article or None)], topics, page.
    """
    reader, at = _reader(request), timezone.now()
    rows = list(SavedArticle.objects.filter(reader=reader).order_by("-saved_at", "-pk")[:SHOWN])
    stories = Article.objects.public(at).for_listing().in_bulk([row.article_id for row in rows])
    topics = list(Topic.objects.filter(followed_by__reader=reader).order_by("name"))
    about = Article.objects.filter(tagged__tag__in=topics).order_by().values("pk")
    page = page_of(request, Article.objects.public(at).filter(pk__in=about).for_listing(), size=PAGE)
    saved = [(row, stories.get(row.article_id)) for row in rows]
    return render(request, "reading/list.html", {"saved": saved, "topics": topics, "page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_article(request: HttpRequest, pk: str) -> HttpResponse:
    """Saves article ``pk``, or forgets it: the form says which (``do=keep``, ``do=drop``), doing it twice changes nothing.

    404 for saving what is not public. Template and answers: ``_toggle``.
    """
    reader, article = _reader(request), Article.objects.public().select_related("section").filter(pk=int(pk)).first()
    rows = SavedArticle.objects.filter(reader=reader, article_id=int(pk))

    def keep(on: bool) -> None:
        if not on:
            rows.delete()
        elif article is None:
            raise Http404
        else:
            SavedArticle.objects.get_or_create(reader=reader, article=article)

    words = {"keep": _("Save"), "drop": _("Remove from saved stories"), "on": _("Saved")}
    is_on = rows.exists()
    if article is None and not is_on:
        raise Http404
    title = article.headline if article else _("A story that is no longer here")
    back = article.get_absolute_url() if article else reverse("articles:reading_list")
    return _toggle(request, keep, is_on=is_on, title=title, back=back, words=words)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Follows a topic with public stories, or ends it. 404 for another. Template and answers: ``_toggle``."""
    reader, topic = _reader(request), get_object_or_404(Topic, slug=slug)
    rows = FollowedTopic.objects.filter(reader=reader, topic=topic)
    is_on = rows.exists()
    if not is_on and not Article.objects.public().filter(tagged__tag=topic).exists():
        raise Http404

    def keep(on: bool) -> None:
        if on:
            FollowedTopic.objects.get_or_create(reader=reader, topic=topic)
        else:
            rows.delete()

    words = {"keep": _("Follow"), "drop": _("Stop following"), "on": _("You follow this")}
    return _toggle(request, keep, is_on=is_on, title=topic.name, back=topic.get_absolute_url(), words=words)


def _toggle(
    request: HttpRequest, keep: Keep, *, is_on: bool, title: str, back: str, words: dict[str, str]
) -> HttpResponse:
    """A page with one button, or for scripts (``Accept: application/json``) the state, its words and a token to change it.

    After a change: back to the page it is about, or the new state. Template: reading/toggle.html, context: is_on, title,
    back, words.
    """
    wanted = request.POST.get("do")
    if request.method == "POST" and wanted in {"keep", "drop"}:
        keep(wanted == "keep")
        is_on = wanted == "keep"
        if not _wants_json(request):
            return HttpResponseRedirect(
                (request.POST.get("next") == "list" and reverse("articles:reading_list")) or back
            )
    if _wants_json(request):
        said = {"on": is_on, "label": words["on"] if is_on else words["keep"], "token": get_token(request)}
        return JsonResponse(said)
    return render(request, "reading/toggle.html", {"is_on": is_on, "title": title, "back": back, "words": words})


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # login_required stands before every view here
    return request.user
