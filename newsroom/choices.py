"""Choices that more than one app shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentMode(models.TextChoices):
    """Who may comment, and whether a moderator reads first."""

    INHERIT = "inherit", _("As set above")
    OPEN = "open", _("Open")
    MODERATED = "moderated", _("A moderator reads first")
    MEMBERS = "members", _("Signed-in readers only")
    QUESTIONS = "questions", _("Questions, answered by staff")
    CLOSED = "closed", _("Closed, comments stay visible")
    OFF = "off", _("Off, comments are hidden")


class FormerReaders(models.TextChoices):
    """What becomes of the comments of somebody who deletes their account."""

    KEEP = "keep", _("Stay, without the name")
    REMOVE = "remove", _("Are removed")
