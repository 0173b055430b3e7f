"""Grounds as pages show them: each with the memorandum it names, as a link where the reader may open it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cotrace.doors.furniture import Reason
from cotrace.foundation.principal import Principal
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.levels import Decision
from cotrace.sharing.sentences.grounds import grounds_of


def reasons_of(principal: Principal, *, decision: Decision, owner: str) -> tuple[Reason, ...]:
    """Return why the principal sees a record of `owner`, the main reason first."""
    may_open = principal.may(SharingPermission.AGREEMENT_READ)
    return tuple(
        Reason(
            sentence=each.sentence,
            source=_("Memorandum %(number)s") % {"number": each.agreement} if each.agreement else "",
            url=reverse("sharing:agreement", args=[each.agreement]) if each.agreement and may_open else "",
        )
        for each in grounds_of(decision, owner=owner)
    )
