"""What the desk's photo pickers ask for. Staff who may see photos only; nothing here is public."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from media import renditions
from media.models import Photo

PAGE = 24
MAX_IDS = 200


@require_safe
def picker(request: HttpRequest) -> JsonResponse:
    """Photos as JSON: those of ``?ids=5,3`` in that order, else the newest that hold every word of ``?q=``, 24 a ``?page=``.

    ``{"results": [{id, title, caption, credit, alt, is_decorative, thumb, usable, width, height, url}], "page": 1, "more": false}``.
    One query. Raises PermissionDenied for people who may not see photos.
    """
    _check(request)
    wanted = request.GET.get("ids")
    if wanted is not None:
        ids = [int(word) for word in re.findall(r"\b\d{1,18}\b", wanted)][:MAX_IDS]
        known = Photo.objects.offered_to(request.user).in_bulk(ids)  # type: ignore[arg-type]  # staff
        found = [known[pk] for pk in dict.fromkeys(ids) if pk in known]
        return JsonResponse({"results": [described(photo) for photo in found], "page": 1, "more": False})
    number = _page_number(request.GET.get("page", ""))
    rows = list(_search(request)[(number - 1) * PAGE : number * PAGE + 1])
    return JsonResponse(
        {"results": [described(photo) for photo in rows[:PAGE]], "page": number, "more": len(rows) > PAGE}
    )


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """A small JPEG of any photo, also of one that the public may not see. ``?ratio=full`` shows the whole picture."""
    _check(request)
    offered = Photo.objects.offered_to(request.user)  # type: ignore[arg-type]  # staff
    photo = get_object_or_404(offered, pk=min(pk, 2**62))
    ratio = "full" if request.GET.get("ratio") == "full" else "3x2"
    steps = renditions.widths(photo, ratio)
    width = max([step for step in steps if step <= (640 if ratio == "full" else 320)], default=steps[0])
    try:
        data = renditions.read_or_make(photo, ratio, width, "jpg")
    except renditions.CannotRender as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=3600)
    return response


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("media.view_photo") and not request.user.has_perm("media.change_photo"):
        raise PermissionDenied


def _page_number(value: str) -> int:
    return min(int(value), 10_000) if re.fullmatch(r"[1-9]\d{0,8}", value, re.ASCII) else 1


def _search(request: HttpRequest) -> Any:
    return Photo.objects.offered_to(request.user).in_library().matching(request.GET.get("q", ""))  # type: ignore[arg-type]  # staff


def described(photo: Photo) -> dict[str, Any]:
    """What a picker shows of a photo."""
    return {
        "id": photo.pk,
        "title": str(photo),
        "caption": photo.caption,
        "credit": photo.credit_line,
        "alt": photo.alt,
        "is_decorative": photo.is_decorative,
        "thumb": f"{reverse('admin:media_photo_thumbnail', args=[photo.pk])}?v={photo.token[-8:]}",
        "usable": photo.is_usable(),
        "width": photo.width,
        "height": photo.height,
        "url": reverse("admin:media_photo_change", args=[photo.pk]),
    }
