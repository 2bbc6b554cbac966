"""Files dropped on the desk: one request for each, answered in JSON, and the words a fresh photo still lacks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from media import ingest, picker
from media.models import Photo

STATUS = {"too_large": 413, "duplicate": 409}  # every other refusal is a 422
MOST_FILES = 100
FACTS = ("credit", "alt", "caption")


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """The file of the field "file" is a photo of the library, with the credit of the field "credit" if its own is empty.

    201 with what ``picker.described`` says and ``missing`` (["credit", "alt"]) and ``facts`` (where to send them); 409
    with ``duplicate`` (the photo that is there already), 413 or 422 with ``error`` (a sentence) and ``code``.
    Raises PermissionDenied for people who may not add photos.
    """
    if not request.user.has_perm("media.add_photo"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a file."), "code": "missing"}, status=422)
    try:
        photo = ingest.ingest(file=file, by=request.user)  # type: ignore[arg-type]  # staff
    except ingest.PhotoRefused as refusal:
        answer: dict[str, Any] = {"error": str(refusal), "code": refusal.code}
        if isinstance(refusal, ingest.DuplicatePhoto):
            answer["duplicate"] = described(refusal.photo)
        return JsonResponse(answer, status=STATUS.get(refusal.code, 422))
    given = request.POST.get("credit", "").strip()
    if given and not photo.credit_line:
        photo.credit = given
        photo.save(update_fields=["credit"])
        ingest.renew(photo)
    return JsonResponse(described(photo), status=201)


@require_POST
def upload_many(request: HttpRequest) -> HttpResponse:
    """The files of the field "files", each taken or refused by itself. The way of the library's form without a script.

    Template: admin/media/photo/uploaded.html, context: results (name, photo or None, error, missing), taken (number).
    Raises PermissionDenied for people who may not add photos.
    """
    if not request.user.has_perm("media.add_photo"):
        raise PermissionDenied
    results = [_taken(request, file) for file in request.FILES.getlist("files")[:MOST_FILES]]
    context = {
        **admin.site.each_context(request),
        "title": _("Uploaded photos"),
        "opts": Photo._meta,
        "results": results,
        "taken": sum(not result["error"] for result in results),
    }
    return TemplateResponse(request, "admin/media/photo/uploaded.html", context, status=200 if results else 422)


def _taken(request: HttpRequest, file: Any) -> dict[str, Any]:
    try:
        photo = ingest.ingest(file=file, by=request.user)  # type: ignore[arg-type]  # staff
    except ingest.DuplicatePhoto as refusal:
        return {"name": file.name, "photo": refusal.photo, "error": str(refusal), "missing": []}
    except ingest.PhotoRefused as refusal:
        return {"name": file.name, "photo": None, "error": str(refusal), "missing": []}
    return {"name": file.name, "photo": photo, "error": "", "missing": described(photo)["missing"]}


@require_POST
def facts(request: HttpRequest, pk: int) -> JsonResponse:
    """The credit, alt text and caption sent are the photo's; fields left out stay. 200 as ``described``.

    Raises PermissionDenied for people who may neither change the photo nor have uploaded it themselves.
    """
    photo = get_object_or_404(Photo, pk=min(pk, 2**62))
    is_own = photo.uploaded_by_id == request.user.pk and request.user.has_perm("media.add_photo")
    if not is_own and not request.user.has_perm("media.change_photo"):
        raise PermissionDenied
    named = [name for name in FACTS if name in request.POST]
    for name in named:
        setattr(photo, name, request.POST[name][:10_000])
    photo.save(update_fields=[*named, "updated_at"])
    ingest.renew(photo)
    return JsonResponse(described(photo))


def described(photo: Photo) -> dict[str, Any]:
    """What the desk's scripts need to show a photo and to ask for what stops its publication."""
    lacks = {"credit": not photo.credit_line, "alt": not photo.alt and not photo.is_decorative}
    return {
        **picker.described(photo),
        "missing": [name for name, is_missing in lacks.items() if is_missing],
        "facts": reverse("admin:media_photo_facts", args=[photo.pk]),
    }
