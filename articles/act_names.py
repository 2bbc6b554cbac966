"""What people call the acts in an article's history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from articles import updates
from articles.transitions import TRANSITIONS

OTHERS = {
    "create": gettext_lazy("Begun"),
    "times": gettext_lazy("Embargo or expiry set"),
    "break_embargo": gettext_lazy("Embargo broken"),
    "minor_update": gettext_lazy("Minor update"),
    "reschedule": gettext_lazy("Scheduled for another time"),
    "reschedule_update": gettext_lazy("Update scheduled for another time"),
    "start_coverage": gettext_lazy("Live coverage begun"),
    "end_coverage": gettext_lazy("Live coverage ended"),
    "correct": gettext_lazy("Corrected in public"),
    "amend_correction": gettext_lazy("Correction changed"),
    "withdraw_correction": gettext_lazy("Correction withdrawn"),
    "post_entry": gettext_lazy("Post published"),
    "draft_entry": gettext_lazy("Post drafted"),
    "publish_entry": gettext_lazy("Drafted post published"),
    "edit_entry": gettext_lazy("Post changed"),
    "remove_entry": gettext_lazy("Post removed"),
    "put_back_entry": gettext_lazy("Post put back"),
    "pin_entry": gettext_lazy("Post pinned"),
    "unpin_entry": gettext_lazy("Post unpinned"),
    "key_entry": gettext_lazy("Post made a key point"),
    "unkey_entry": gettext_lazy("Post no key point any more"),
    "begin_translation": gettext_lazy("Translation begun"),
    "translation_current": gettext_lazy("Translation marked as up to date"),
    "found": gettext_lazy("As found when the archive began"),
    "share_preview": gettext_lazy("Preview shared by a link"),
    "share_embargoed": gettext_lazy("Embargoed preview shared by a link"),
    "close_preview": gettext_lazy("Link to a preview closed"),
    "purge": gettext_lazy("Deleted from the trash for good"),
    "lock": gettext_lazy("Locked"),
    "unlock": gettext_lazy("Unlocked"),
    "hold_update": gettext_lazy("Scheduled update held by the lock"),
    "update_failed": gettext_lazy("Scheduled update not fit to print"),
}


def name_of(act: str) -> str:
    """The act in words; its code for one that a plugin wrote."""
    step = TRANSITIONS.get(act) or updates.TRANSITIONS.get(act)
    return str(step.label if step else OTHERS.get(act, act))
