"""How a picture came into being, as the IPTC names it, and what readers must be told of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MACHINE, PARTLY, COMPOSITE = _("Made by a machine"), _("Partly made by a machine"), _("Composite picture")
# Source: IPTC NewsCodes, Digital Source Type, 2025. Codes that are not here need no word: camera, scan, drawing by hand.
LABELS: dict[str, Promise] = {
    "trainedAlgorithmicMedia": MACHINE,
    "algorithmicMedia": MACHINE,
    "compositeWithTrainedAlgorithmicMedia": PARTLY,
    "compositeSynthetic": PARTLY,
    "composite": COMPOSITE,
    "compositeCapture": COMPOSITE,
}
_CODES = {code.casefold(): label for code, label in LABELS.items()}


def code(value: str) -> str:
    """The bare code of what a file or a person wrote: an address of the vocabulary, "digsrctype:code" or the code itself."""
    return value.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]


def label(value: str) -> Promise | None:
    """What stands beside the picture for readers; None if there is nothing to tell."""
    return _CODES.get(code(value).casefold())
