"""Comments on the desk."""

from comments.admin.comment import CommentAdmin

__all__ = ["CommentAdmin"]
