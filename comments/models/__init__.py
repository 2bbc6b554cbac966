"""Comments, what moderators did to them, and what readers reported."""

from comments.models.action import Act, ModerationAction
from comments.models.alert import HookMessage, Limit, QueueAlert
from comments.models.answering import Answerer
from comments.models.appeal import Appeal, AppealState
from comments.models.comment import Comment, Rejection, Status
from comments.models.figures import Event, MonthlyFigure, Tally
from comments.models.guests import GuestAddress, GuestNotice, GuestWish
from comments.models.moderating import CannedReason, ReaderNote, SavedFilter
from comments.models.reader import ReaderAct, ReaderStatus, Standing
from comments.models.readers import CommentVersion, Letters, Mute, ReaderChoice, ReaderNotice, Recommendation, Told
from comments.models.report import CommentReport, ReportReason
from comments.models.rules import Answer, CommentRules, Failing, ProofOf, RulesText, WordKind, WordList
from comments.models.search_entry import CommentSearchEntry

__all__ = [
    "Act",
    "Answer",
    "Answerer",
    "Appeal",
    "AppealState",
    "CannedReason",
    "Comment",
    "CommentReport",
    "CommentRules",
    "CommentSearchEntry",
    "CommentVersion",
    "Event",
    "Failing",
    "GuestAddress",
    "GuestNotice",
    "GuestWish",
    "HookMessage",
    "Letters",
    "Limit",
    "ModerationAction",
    "MonthlyFigure",
    "Mute",
    "ProofOf",
    "QueueAlert",
    "ReaderAct",
    "ReaderChoice",
    "ReaderNote",
    "ReaderNotice",
    "ReaderStatus",
    "Recommendation",
    "Rejection",
    "ReportReason",
    "RulesText",
    "SavedFilter",
    "Standing",
    "Status",
    "Tally",
    "Told",
    "WordKind",
    "WordList",
]
