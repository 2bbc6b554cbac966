"""The project's own app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self) -> None:
        from newsroom import audit, audit_log, frame, upkeep
        from newsroom.models import Endpoint, SiteIdentity, SocialLink
        from newsroom.roles import sync_after_migrations

        frame.register("social_links", lambda: list(SocialLink.objects.all()), models=[SiteIdentity, SocialLink])
        frame.register("hubs", _hubs, models=[Endpoint])
        _register_desk()
        audit.connect()
        audit_log.register_own()
        upkeep.register_own()
        post_migrate.connect(sync_after_migrations, dispatch_uid="newsroom-roles")


def _hubs() -> list[str]:
    from newsroom.models import Endpoint, EndpointKind

    return list(Endpoint.objects.filter(kind=EndpointKind.WEBSUB, is_active=True).values_list("url", flat=True))


def _register_desk() -> None:
    from newsroom import desk, outside

    desk.register(
        desk.Entry(
            _("Readers and staff"),
            "admin:newsroom_user_changelist",
            "newsroom.view_user",
            90,
            is_setup=True,
            icon="lock",
        ),
        desk.Entry(
            _("Audit log"),
            "admin:newsroom_auditevent_changelist",
            "newsroom.view_auditevent",
            92,
            is_setup=True,
            icon="rows",
        ),
        desk.Entry(
            _("Site identity"),
            "admin:newsroom_siteidentity_changelist",
            "newsroom.view_siteidentity",
            91,
            is_setup=True,
            icon="settings",
        ),
        desk.Entry(
            _("Endpoints"),
            "admin:newsroom_endpoint_changelist",
            "newsroom.view_endpoint",
            93,
            is_setup=True,
            count=outside.dead,
            icon="share",
        ),
    )
