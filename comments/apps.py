"""What readers say, and who lets it through."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments import audit, desk, former_readers, letters, news, search  # noqa: F401  # the last two listen to what is written
        from comments.pipeline import rules
        from newsroom import upkeep
        from newsroom.accounts import parts

        desk.register()
        rules.register()
        audit.register()
        parts.register(former_readers.PART)
        upkeep.register("letters to readers", letters.send_due)
