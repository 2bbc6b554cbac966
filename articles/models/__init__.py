"""What is published and where it stands."""

from articles.models.archive import ArchiveEntry, ArchiveHead
from articles.models.article import Article, CoverageState, Genre, Stage, Status, UpdateState
from articles.models.article_parts import ArticleByline, PendingPhoto, Slide
from articles.models.assignment import Assignment, AssignmentAct, AssignmentState
from articles.models.byline import Byline
from articles.models.correction import Correction, CorrectionKind, ErrorReport, ReportState
from articles.models.coverage import Coverage, EntryState, LiveEntry, LiveEntryRevision
from articles.models.front_page import FrontPage, FrontPageVersion
from articles.models.house_word import HouseWord
from articles.models.newsletter import Issue, Newsletter, Subscription
from articles.models.note import Note
from articles.models.old_address import OldAddress
from articles.models.page import Page, PagePhoto
from articles.models.page_views import PageViews
from articles.models.photo_restriction import PhotoRestriction
from articles.models.presence import Presence
from articles.models.preview_link import PreviewLink
from articles.models.reading import FollowedTopic, SavedArticle
from articles.models.reference import Reference
from articles.models.revision import EditorialAct, Revision
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.section_right import SectionRight
from articles.models.topic import TaggedArticle, Topic
from articles.models.translation import Translation

__all__ = [
    "ArchiveEntry",
    "ArchiveHead",
    "Article",
    "ArticleByline",
    "Assignment",
    "AssignmentAct",
    "AssignmentState",
    "Byline",
    "Correction",
    "CorrectionKind",
    "Coverage",
    "CoverageState",
    "EditorialAct",
    "EntryState",
    "ErrorReport",
    "FollowedTopic",
    "FrontPage",
    "FrontPageVersion",
    "Genre",
    "HouseWord",
    "Issue",
    "LiveEntry",
    "LiveEntryRevision",
    "Newsletter",
    "Note",
    "OldAddress",
    "Page",
    "PagePhoto",
    "PageViews",
    "PendingPhoto",
    "PhotoRestriction",
    "Presence",
    "PreviewLink",
    "Reference",
    "ReportState",
    "Revision",
    "SavedArticle",
    "SearchEntry",
    "Section",
    "SectionRight",
    "Slide",
    "Stage",
    "Status",
    "Subscription",
    "TaggedArticle",
    "Topic",
    "Translation",
    "UpdateState",
]
