"""Comments, what moderators did to them, and what readers reported."""

from comments.models.action import Act, ModerationAction
from comments.models.comment import Comment, Rejection, Status
from comments.models.reader import ReaderAct, ReaderStatus, Standing
from comments.models.report import CommentReport, ReportReason

__all__ = [
    "Act",
    "Comment",
    "CommentReport",
    "ModerationAction",
    "ReaderAct",
    "ReaderStatus",
    "Rejection",
    "ReportReason",
    "Standing",
    "Status",
]
