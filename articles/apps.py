"""Sections, articles and their life."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import (  # noqa: F401  # they connect themselves
            archive,
            assignments,
            audit,
            desk,
            error_reports,
            live_polling,
            newsletters,
            notices,
            outside,
            page_views,
            presence,
            reader_data,
            translations,
            trash,
            updates,
        )
        from articles.models import Newsletter, Page, Section
        from articles.models.page import public_pages
        from articles.models.section import ordered_tree
        from articles.photo_uses import PLACES, articles_with, is_cited, is_on_a_page, is_shown
        from articles.search import receivers  # noqa: F401  # connects itself
        from media import usage
        from newsroom import frame, upkeep
        from newsroom.accounts import parts

        frame.register("sections", ordered_tree, models=[Section])
        frame.register("newsletters", newsletters.languages, models=[Newsletter])
        frame.register("pages", public_pages, models=[Page])
        frame.register_alarm("next_update", updates.next_due, updates.apply_due)
        upkeep.register("articles deleted from the trash", trash.purge_due)
        upkeep.register("closed sheets forgotten", presence.forget_old)
        upkeep.register("scheduled updates", updates.apply_due)
        upkeep.register("letters about error reports", error_reports.send_unsent)
        upkeep.register("page views", page_views.compact)
        page_views.write_at_the_end()
        upkeep.register("newsletters", newsletters.send_due)
        usage.register(articles_with, covers=PLACES)
        usage.register_condition(is_cited)
        usage.register_public(is_shown)
        usage.register_public(is_on_a_page)
        usage.leave_out("articles.photorestriction")
        notices.register()
        desk.register()
        audit.register()
        outside.register()
        parts.register(reader_data.PART)
