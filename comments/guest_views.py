"""Where guests say that they want letters, and that they want fewer or none. No cache keeps these pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import guests
from comments.models import GuestAddress
from newsroom.languages import activate_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since mail programs open links by themselves; pressing it says that the address is theirs.

    Template: comments/guest_confirm.html, context: address (None: no such any more, 404), article (the public one they
    commented on last, or None), is_done.
    """
    is_done = request.method == "POST"
    address = guests.confirm(token) if is_done else guests.asked(token)
    article = guests.article_of(address) if address is not None else None
    if article is not None:
        activate_for(request, article.language)
    context = {"address": address, "article": article, "is_done": is_done}
    return render(request, "comments/guest_confirm.html", context, status=200 if address else 404)


@csrf_exempt  # a mail program sends it without any cookie; the signed token is the right to do it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """A guest's letters: none any more (by one click too, RFC 8058), none about one comment (``comment``), or allowed again
    (``again``).

    Template: comments/guest_letters.html, context: is_known (False for a token that is not ours, 404), is_stopped, has_ended
    (those about one comment, just now), wishes.
    """
    key = guests.key_in(token)
    if key is not None and request.method == "POST":
        _settle(request, key)
        if "List-Unsubscribe" not in request.POST:
            return HttpResponseRedirect(request.path + ("?ended=1" if "comment" in request.POST else ""))
    wishes = guests.wishes_of(key) if key is not None else []
    if wishes:
        activate_for(request, wishes[0].comment.article.language)
    is_stopped = GuestAddress.objects.filter(key=key, stopped_at__isnull=False).exists()
    context = {
        "is_known": key is not None,
        "is_stopped": is_stopped,
        "has_ended": "ended" in request.GET,
        "wishes": wishes,
    }
    return render(request, "comments/guest_letters.html", context, status=200 if key is not None else 404)


def _settle(request: HttpRequest, key: str) -> None:
    chosen = request.POST.get("comment")
    if chosen is not None:
        for wish in guests.wishes_of(key):
            if str(wish.pk) == chosen:
                guests.end(wish)
    elif "again" in request.POST:
        guests.allow(key)
    else:
        guests.stop(key)
