"""System checks: uploads never lie among code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from PIL import Image


@register()
def uploads_lie_apart(**_kwargs: Any) -> list[CheckMessage]:
    """media.E001 for each app folder that the uploads folder is, holds or lies in."""
    uploads = Path(settings.MEDIA_ROOT).resolve()
    found: list[CheckMessage] = []
    for app in apps.get_app_configs():
        code = Path(app.path).resolve()
        if uploads.is_relative_to(code) or code.is_relative_to(uploads):
            found.append(
                Error(
                    f"The uploads folder {uploads} is, holds or lies in the code folder {code}.",
                    hint="Set UPLOADS_DIR to a folder of its own, such as var/uploads.",
                    id="media.E001",
                )
            )
    return found


def limit_pillow() -> None:
    """Pillow itself warns over the pixel limit and refuses over twice the limit, whoever opens a picture."""
    Image.MAX_IMAGE_PIXELS = settings.PHOTO_MAX_PIXELS
