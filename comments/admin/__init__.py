"""Comments on the desk."""

from comments.admin.comment import CommentAdmin
from comments.admin.reasons import CannedReasonAdmin

__all__ = ["CannedReasonAdmin", "CommentAdmin"]
