"""What this room shows on other rooms' pages: who sees a record and why, and an open emergency session."""

from datetime import datetime

from django.urls import reverse

from cotrace.doors.panels import Panel, fill
from cotrace.foundation.principal import Principal
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.selectors.circles import emergency_current
from cotrace.sharing.selectors.explain import access_explain, access_looked, access_who
from cotrace.sharing.sentences.grounds import limit_sentence, look_words, who_sentence
from cotrace.sharing.sentences.reasons import reasons_of

LOOKS_SHOWN = 5
LOOKS_READ = 50


@fill("page.top", name="sharing.emergency")
def emergency(principal: Principal, _subject: str) -> Panel | None:
    """Remind whoever has an emergency session open, on every page."""
    if not principal.may(SharingPermission.EMERGENCY_OPEN):
        return None
    found = emergency_current(principal)
    if found is None:
        return None
    context = {"session": found, "close_url": reverse("sharing:emergency_close")}
    return Panel("sharing/panels/emergency.html", context)


@fill("holding.access", name="sharing.access")
def access(principal: Principal, subject: str) -> Panel | None:
    """Say why the reader sees a record; to its owner also who else does, and who looked."""
    if not principal.may(SharingPermission.EXPLAIN):
        return None
    seen = access_explain(principal, number=subject)
    is_owner = seen.owner == principal.agency
    context: dict[str, object] = {
        "number": seen.id,
        "level": seen.level.name.lower(),
        "reasons": reasons_of(principal, decision=seen.decision, owner=seen.owner),
        "who_url": reverse("sharing:who", args=[seen.id]) if is_owner else "",
        "who": _who(principal, seen.id) if is_owner else None,
        "looks": _looks(principal, seen.id) if is_owner and principal.may(SharingPermission.WHO_LOOKED) else None,
    }
    return Panel("sharing/panels/access.html", context)


def _who(principal: Principal, number: str) -> list[tuple[str, str]]:
    """Return who sees it, and what stops them from seeing more, in words."""
    return [
        (
            who_sentence(reason=each.reason, level=each.level, agency=each.agency, person=each.person),
            limit_sentence(each.limited_by),
        )
        for each in access_who(principal, number=number)
    ]


def _looks(principal: Principal, number: str) -> list[tuple[datetime, str, str]]:
    """Return who looked last: when, who, and what they did; each person and act once."""
    latest: dict[tuple[str, str], datetime] = {}
    for each in access_looked(principal, number=number, limit=LOOKS_READ):
        latest.setdefault((f"{each.agency} {each.person}".strip(), look_words(each.action, each.reason)), each.at)
    return [(at, name, act) for (name, act), at in list(latest.items())[:LOOKS_SHOWN]]
