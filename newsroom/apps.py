"""The project's own app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self) -> None:
        from newsroom import frame
        from newsroom.models import SiteIdentity, SocialLink
        from newsroom.roles import sync_roles

        frame.register("social_links", lambda: list(SocialLink.objects.all()), models=[SiteIdentity, SocialLink])
        post_migrate.connect(sync_roles, dispatch_uid="newsroom-roles")
