"""The pages readers see."""

from articles.views.article import detail
from articles.views.by_date import archive
from articles.views.changes import changes
from articles.views.corrections import corrections, report_error
from articles.views.lists import author, galleries, home, section, topic
from articles.views.live import live_posts
from articles.views.newsletter import newsletter, newsletter_confirm, newsletter_leave
from articles.views.reading import follow_topic, reading_list, save_article
from articles.views.seen import seen
from articles.views.share_card import share_card
from articles.views.shared import shared
from articles.views.text import text_article, text_front, text_section

__all__ = [
    "archive", "author", "changes", "corrections", "detail", "follow_topic", "galleries", "home", "live_posts",
    "newsletter", "newsletter_confirm", "newsletter_leave", "reading_list", "report_error", "save_article", "section", "seen", "share_card",
    "shared", "text_article", "text_front", "text_section", "topic",
]  # fmt: skip
