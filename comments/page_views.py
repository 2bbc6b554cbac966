"""What everybody may see of comments besides the article's page: where one stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles.models import Article
from comments.models import Comment
from comments.modes import mode_for
from comments.threads import address_of
from newsroom.choices import CommentMode
from newsroom.frame import for_request


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
