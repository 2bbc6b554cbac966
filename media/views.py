"""Public addresses of photos, streams and uploaded files. None sets a cookie or knows who asks."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from media import renditions
from media.models import Photo, Stream
from media.ranges import Stored, file_response, on_disk
from media.templatetags.pictures import photo_address
from newsroom import frame, languages
from newsroom.public_page import public_page

YEAR = 365 * 24 * 3600
STAND_IN = 300  # seconds for which a WebP may stay where the AVIF will be
KEY_LENGTH = 16
FILE = re.compile(r"(?P<ratio>3x2|16x9|1x1|40x21|full)-(?P<width>[1-9][0-9]{0,4})\.(?P<extension>avif|webp|jpg)")


@require_safe
def rendition(request: HttpRequest, pk: str, token: str, file: str) -> HttpResponseBase:
    """``file`` ("3x2-640.avif") of a photo that may be shown; WebP in place of an AVIF not made yet. An address of a former focal point or credit leads to
    today's; whatever is unknown or may not be shown is a 404. One query."""
    named = FILE.fullmatch(file)
    photo = get_object_or_404(Photo.objects.usable(), pk=int(pk))
    if named is None or not constant_time_compare(token[:KEY_LENGTH], photo.key):
        raise Http404
    ratio, width, extension = named["ratio"], int(named["width"]), named["extension"]
    if not renditions.is_offered(photo, ratio, width, extension):
        raise Http404
    if token != photo.token:
        moved = HttpResponseRedirect(renditions.address(photo, ratio, width, extension))
        moved["Cache-Control"] = "public, max-age=60"
        return moved
    try:
        shown = renditions.shown(photo, ratio, width, extension)
    except renditions.CannotRender as error:
        raise Http404 from error
    return _answer(request, photo, shown, etag=f'"{token}-{ratio}-{width}.{shown.extension}"')


def _answer(request: HttpRequest, photo: Photo, shown: renditions.Shown, *, etag: str) -> HttpResponse:
    headers = {"Cache-Control": _cache_control(photo, shown), "Cache-Tag": f"photo-{photo.pk}", "ETag": etag}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(shown.data, content_type=renditions.EXTENSIONS[shown.extension], headers=headers)


def _cache_control(photo: Photo, shown: renditions.Shown) -> str:
    """A year, or five minutes for a stand-in, but never past the moment at which the photo may no longer be shown."""
    longest = YEAR if shown.is_final else STAND_IN
    if photo.valid_until is not None:
        longest = max(0, min(longest, int((photo.valid_until - timezone.now()).total_seconds())))
    elif shown.is_final:
        return f"public, max-age={YEAR}, immutable"
    return f"public, max-age={longest}"


@require_safe
def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded public file, whole or in ranges; 404 for folders, hidden files and anything outside the uploads."""
    if any(part.startswith(".") for part in path.split("/")):
        raise Http404
    stored = default_storage.stored(path) if hasattr(default_storage, "stored") else _on_disk(path)
    if stored is None:
        raise Http404
    return file_response(request, stored)


def _on_disk(path: str) -> Stored | None:
    try:
        found = Path(default_storage.path(path)).resolve()
        inside = found.is_relative_to(Path(default_storage.path("")).resolve())
        return on_disk(found) if inside and found.is_file() else None
    except (SuspiciousFileOperation, ValueError, OSError):  # OSError: a name longer than the file system knows
        return None


@public_page
def live(request: HttpRequest) -> HttpResponse:
    """Watch what is on air. Template media/live.html.

    Context: ``streams`` (on air with a picture), ``stream`` (the one of ``?channel=<id>``, else the first, else None),
    ``on_air`` (bool), ``next_stream`` (the next that is announced, or None), ``schedule`` (on air and the next 24 hours),
    ``poster_url`` (the still, empty if there is none to show), ``source`` (the address played), ``kind``.
    """
    return _page(request, "media/live.html", kind="video")


@public_page
def audio(request: HttpRequest) -> HttpResponse:
    """Listen to what is on air. Template media/audio.html, context as for ``live``, ``streams`` being those with sound."""
    return _page(request, "media/audio.html", kind="audio")


def _page(request: HttpRequest, template: str, *, kind: str) -> HttpResponse:
    shown = frame.for_request(request)
    languages.activate_for(request, languages.known(request.GET.get("lang")) or shown.site.language)
    streams = [stream for stream in shown.streams if (stream.video_src if kind == "video" else stream.audio_src)]
    stream = _chosen(request, streams)
    now = timezone.now()
    coming = list(Stream.objects.coming(now).filter(starts_at__lt=now + timedelta(days=7))[:12])
    context = {
        "stream": stream,
        "streams": streams,
        "on_air": stream is not None,
        "next_stream": coming[0] if coming else None,
        "poster_url": photo_address(stream.poster) if stream else "",
        "schedule": [
            *streams,
            *(item for item in coming if item.starts_at and item.starts_at < now + timedelta(hours=24)),
        ],
        "source": "" if stream is None else stream.video_src if kind == "video" else stream.audio_src,
        "kind": kind,
    }
    return render(request, template, context)


def _chosen(request: HttpRequest, streams: list[Stream]) -> Stream | None:
    """The stream asked for by ``?channel=``, else the first; None when nothing is on air. Raises Http404 for another one."""
    asked = request.GET.get("channel", "")
    if not asked:
        return streams[0] if streams else None
    for stream in streams:
        if str(stream.pk) == asked:
            return stream
    raise Http404
