"""Sections, articles and their life."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import audit, desk, notices, outside, page_views, reader_data
        from newsroom.accounts import parts

        _connect()
        _put_into_the_frame()
        _add_chores()
        _tell_where_photos_stand()
        page_views.write_at_the_end()
        for part in (notices, desk, audit, outside):
            part.register()
        parts.register(reader_data.PART)


def _connect() -> None:
    from articles import archive, assignments, live_polling, translations  # noqa: F401  # they connect themselves
    from articles.search import receivers  # noqa: F401  # the same


def _put_into_the_frame() -> None:
    from articles import moments, newsletters, updates
    from articles.models import Newsletter, Page, Section
    from articles.models.page import public_pages
    from articles.models.section import ordered_tree
    from newsroom import frame, page_store

    frame.register("sections", ordered_tree, models=[Section])
    frame.register("newsletters", newsletters.languages, models=[Newsletter])
    frame.register("pages", public_pages, models=[Page])
    frame.register_alarm("next_update", updates.next_due, updates.apply_due)
    page_store.register_moment(moments.next_turn)


def _add_chores() -> None:
    from articles import error_reports, newsletters, page_views, presence, trash, updates
    from newsroom import upkeep

    upkeep.register("scheduled updates", updates.apply_due)
    upkeep.register("articles deleted from the trash", trash.purge_due)
    upkeep.register("closed sheets forgotten", presence.forget_old)
    upkeep.register("letters about error reports", error_reports.send_unsent)
    upkeep.register("newsletters", newsletters.send_due)
    upkeep.register("page views", page_views.compact)


def _tell_where_photos_stand() -> None:
    from articles.photo_uses import PLACES, articles_with, as_known, is_cited, is_on_a_page, is_shown
    from media import usage

    usage.register(articles_with, covers=PLACES)
    usage.register_shown(as_known)
    usage.register_condition(is_cited)
    usage.register_public(is_shown)
    usage.register_public(is_on_a_page)
    usage.leave_out("articles.photorestriction")
