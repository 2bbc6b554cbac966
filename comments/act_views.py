"""What a reader does with a comment that stands: recommend it. Personal pages: no cache keeps them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import recommending
from comments.models import Comment
from comments.recommending import NotRecommended
from comments.threads import address_of
from comments.views import _article_or_404, _comment_or_404, _is_fragment, _user
from newsroom.languages import activate_for
from newsroom.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: HttpRequest, pk: str) -> HttpResponse:
    """Recommends the published comment ``pk`` (``on=1``) or no longer (``on=0``); then back to its place.

    Template: comments/comment_recommend.html, context: comment, article, reader, is_on, refusal. A script that sends
    ``X-Fragment`` gets ``{count, on}`` as JSON; 403 for who is not signed in.
    """
    comment = _comment_or_404(pk)
    comment.article = _article_or_404(comment.article_id)
    activate_for(request, comment.article.language)
    reader, refusal = _user(request), None
    if request.method == "POST" and reader is not None:
        try:
            return _recommended(request, comment, reader)
        except NotRecommended as error:
            refusal = error
    context = {
        "comment": comment,
        "article": comment.article,
        "reader": reader,
        "refusal": refusal,
        "is_on": reader is not None and recommending.is_recommended(comment=comment, reader=reader),
    }
    status = 403 if request.method == "POST" else 200
    return render(request, "comments/comment_recommend.html", context, status=status)


def _recommended(request: HttpRequest, comment: Comment, reader: User) -> HttpResponse:
    is_on = request.POST.get("on") != "0"
    act = recommending.recommend if is_on else recommending.withdraw
    count = act(comment=comment, reader=reader)
    if _is_fragment(request):
        return JsonResponse({"count": count, "on": is_on})
    return redirect(address_of(comment))
