"""Photos and streams."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Photos")

    def ready(self) -> None:
        from media import checks, desk, usage
        from media.models import Photo, Stream
        from newsroom import frame, page_store

        checks.limit_pillow()
        usage.guard(Photo)
        frame.register(
            "streams", lambda: list(Stream.objects.on_air().select_related("poster")), models=[Stream, Photo]
        )
        page_store.register_moment(Photo.objects.next_expiry)
        desk.register()
