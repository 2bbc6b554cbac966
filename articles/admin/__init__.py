"""The desk's pages for articles, sections, topics and authors."""

from articles.admin.article import ArticleAdmin
from articles.admin.assignments import AssignmentAdmin
from articles.admin.corrections import ErrorReportAdmin
from articles.admin.front_pages import FrontPageAdmin
from articles.admin.newsletter import NewsletterAdmin, SubscriptionAdmin
from articles.admin.old_addresses import OldAddressAdmin
from articles.admin.page import PageAdmin
from articles.admin.structure import BylineAdmin, SectionAdmin, TopicAdmin

__all__ = [
    "ArticleAdmin",
    "AssignmentAdmin",
    "BylineAdmin",
    "ErrorReportAdmin",
    "FrontPageAdmin",
    "NewsletterAdmin",
    "OldAddressAdmin",
    "PageAdmin",
    "SectionAdmin",
    "SubscriptionAdmin",
    "TopicAdmin",
]
