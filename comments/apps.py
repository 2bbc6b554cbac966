"""What readers say, and who lets it through."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments import audit, desk, search  # noqa: F401  # search listens to what is written
        from comments.pipeline import rules

        desk.register()
        rules.register()
        audit.register()
