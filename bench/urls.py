"""The site's addresses and one view that only says hello, to be measured against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from articles.models import Article
from comments.models import Comment, Status


def hello(request: HttpRequest) -> HttpResponse:
    """200 and two words."""
    return HttpResponse("Hello, world", content_type="text/plain")


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """201: what was posted is a row, and nothing else was done."""
    article = Article.objects.order_by("pk").only("pk").first()
    Comment.objects.create(
        article=article,
        guest_name=request.POST["name"],
        guest_email=request.POST["email"],
        body=request.POST["body"],
        status=Status.PUBLISHED,
        decided_at=timezone.now(),
    )
    return HttpResponse(status=201)


urlpatterns = [path("bench-hello/", hello), path("bench-insert/", insert), path("", include("newsroom.urls"))]
