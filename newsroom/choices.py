"""Choices that more than one app shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentMode(models.TextChoices):
    """Who may comment, and whether a moderator reads first."""

    INHERIT = "inherit", _("As set above")
    OPEN = "open", _("Open")
    MODERATED = "moderated", _("A moderator reads first")
    MEMBERS = "members", _("Signed-in readers only")
    CLOSED = "closed", _("Closed, comments stay visible")
    OFF = "off", _("Off, comments are hidden")
