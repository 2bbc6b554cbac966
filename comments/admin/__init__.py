"""Comments on the desk."""

from comments.admin.answering import AnswererAdmin
from comments.admin.appeals import AppealAdmin
from comments.admin.comment import CommentAdmin
from comments.admin.readers import ReaderStatusAdmin
from comments.admin.reasons import CannedReasonAdmin
from comments.admin.reports import IllegalContentAdmin
from comments.admin.rules import CommentRulesAdmin, RulesTextAdmin, WordListAdmin

__all__ = [
    "AnswererAdmin",
    "AppealAdmin",
    "CannedReasonAdmin",
    "CommentAdmin",
    "CommentRulesAdmin",
    "IllegalContentAdmin",
    "ReaderStatusAdmin",
    "RulesTextAdmin",
    "WordListAdmin",
]
