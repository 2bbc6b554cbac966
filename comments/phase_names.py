"""The phases in words, for moderators and for everybody."""

from django.utils.translation import gettext_lazy as _

PHASE_NAMES = {
    "length": _("Length"),
    "rate": _("Posted too quickly"),
    "trap": _("Hidden field"),
    "speed": _("Sent too fast"),
    "banned_words": _("Banned words"),
    "suspect_words": _("Suspect words"),
    "links": _("Links"),
    "repeats": _("The same words again"),
    "watched": _("Reader who is always read first"),
    "account": _("Young account"),
    "record": _("Earlier rejections"),
    "first_timer": _("First comments of a reader"),
    "proof": _("No proof of work"),
    "outside": _("Outside filter"),
    "mode": _("A moderator reads first"),
}
