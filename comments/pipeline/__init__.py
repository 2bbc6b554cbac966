"""The road of a comment: what it is judged by, phase by phase. ``comments.submission`` walks it."""
