"""How long a recording plays, as editors type it and cards show it: "24:10", "90:00" or "1:04:30"."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PLAYING_TIME = RegexValidator(
    r"^(\d{1,3}|\d{1,2}:[0-5]\d):[0-5]\d\Z",
    _("Type minutes and seconds, such as 24:10, or hours before them, such as 1:04:30."),
)
