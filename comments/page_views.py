"""What everybody may see of comments besides the article's page: where one stands, and whether there are new ones."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from articles.models import Article
from comments import news as counted
from comments.models import Comment
from comments.modes import mode_for
from comments.threads import address_of
from newsroom.choices import CommentMode
from newsroom.frame import for_request
from newsroom.languages import activate_for


@require_safe
def place(request: HttpRequest, pk: str) -> HttpResponse:
    """Leads (302) to the page of the article's comments on which the published comment ``pk`` stands.

    404 unless readers see the comment.
    """
    comment = Comment.objects.published().filter(pk=int(pk)).first()
    article = (
        Article.objects.public().select_related("section").filter(pk=comment.article_id).first() if comment else None
    )
    frame = for_request(request)
    if comment is None or article is None or mode_for(article, frame.site, sections=frame.sections) == CommentMode.OFF:
        raise Http404
    comment.article = article
    return redirect(address_of(comment))


@require_safe
def news(request: HttpRequest, pk: str) -> HttpResponse:
    """``{"words": "3 new comments"}`` for a page that shows ``?since=`` comments of article ``pk``; no words, no news, and none without ``?since=``.

    304 while nothing changed, 404 if readers do not see the article, 400 for a ``since`` that is no number. No query unless
    the cache has nothing.
    """
    typed = request.GET.get("since", "")
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        return HttpResponse(status=400)
    now = counted.count_of(int(pk))
    if now is None:
        return HttpResponse(status=404)
    etag = f'"{pk}-{now.number}-{typed}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        activate_for(request, now.language)
        words = counted.sentence(now, int(typed)) if typed else ""
        response = JsonResponse({"words": words} if words else {})
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=0, s_maxage=counted.KEPT)
    return response
