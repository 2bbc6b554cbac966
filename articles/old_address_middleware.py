"""Where nothing answers, the table of old addresses is asked."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse

from articles.views import old_address
from newsroom.middleware import GetResponse


class OldAddresses:
    """A page that is not there becomes what its old address leads to. One query for each, none for any other answer, nor
    for a 404 without a word: that is what the scripts of open pages get, of which there may be thousands.

    It stands last, so that what it answers goes through all the others, and before a missing slash is added.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"} or _is_bare(response):
            return response
        try:
            return old_address.answer(request) or response
        except Http404:
            return response


def _is_bare(response: HttpResponse) -> bool:
    return not response.streaming and not response.content
