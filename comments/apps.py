"""What readers say, and who lets it through."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments import alerts, audit, desk, figures, former_readers, letters, news, privacy, reasons, search  # noqa: F401  # news and search listen to what is written
        from comments.pipeline import rules
        from newsroom import upkeep
        from newsroom.accounts import parts

        desk.register()
        rules.register()
        alerts.register()
        upkeep.register("alerts about the comment queue", alerts.watch)
        upkeep.register("figures of moderation", figures.fold)
        upkeep.register("expired network addresses", privacy.forget_addresses)
        reasons.register()
        audit.register()
        parts.register(former_readers.PART)
        upkeep.register("letters to readers", letters.send_due)
