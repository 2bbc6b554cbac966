"""What readers say, and who lets it through."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments import (  # noqa: F401  # they listen to what is written
            alerts,
            audit,
            desk,
            figures,
            former_readers,
            guest_letters,
            guests,
            letters,
            news,
            privacy,
            reasons,
            search,
        )
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
        upkeep.register("letters to guests", guest_letters.send_due)
        upkeep.register("guests’ addresses that nobody confirmed", guests.forget)
