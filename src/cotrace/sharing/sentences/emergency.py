"""What is said when an emergency session was opened: whether anybody hears of it."""

from django.utils.translation import gettext_lazy as _

EMERGENCY_WATCHED = _("The emergency session is open. Those who watch over your log are told.")
EMERGENCY_UNWATCHED = _(
    "The emergency session is open. Nobody else at your agency watches over its log: nobody is told, it is on record."
)
