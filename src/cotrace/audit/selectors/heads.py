"""Rounds of heads that were handed to every agency, and which of them one's own agency took."""

from datetime import datetime
from itertools import takewhile

from cotrace.audit.models import AuditEvent, AuditHead, HeadRound, RoundHandover
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.reads import RoundRead
from cotrace.foundation.principal import Principal

MOST_SHOWN = 100
MOST_REMEMBERED = 1000
FETCHED = "audit.round_fetched"


def round_list(principal: Principal) -> tuple[RoundRead, ...]:
    """Return the newest rounds that were handed over, and when the principal's agency first took each."""
    principal.require(AuditPermission.VERIFY)
    handed = list(RoundHandover.objects.order_by("-handed_at")[:MOST_SHOWN])
    ids = [each.pk for each in handed]
    rounds = {row.pk: row for row in HeadRound.objects.filter(pk__in=ids)}
    own = AuditHead.objects.filter(round_id__in=ids, chain=principal.agency)
    positions = dict(own.values_list("round_id", "position"))
    fetched = _fetched(principal, ids)
    return tuple(
        RoundRead(
            number=row.pk,
            installation=row.installation,
            key_id=row.key_id,
            signed_at=row.signed_at,
            handed_at=each.handed_at,
            heads=len(row.blinded),
            position=positions.get(row.pk, 0),
            fetched_at=fetched.get(row.pk),
        )
        for each in handed
        if (row := rounds.get(each.pk)) is not None
    )


def first_round_waiting(principal: Principal) -> str:
    """Return the first round handed over since the principal's agency took one; empty where it has the newest.

    For notices: an agency that takes none is told once, not every day.
    """
    newest_first = list(RoundHandover.objects.order_by("-handed_at").values_list("pk", flat=True)[:MOST_REMEMBERED])
    fetched = _fetched(principal, newest_first)
    waiting = list(takewhile(lambda number: number not in fetched, newest_first))
    return waiting[-1] if waiting else ""


def _fetched(principal: Principal, ids: list[str]) -> dict[str, datetime]:
    rows = AuditEvent.objects.filter(chain=principal.agency, subject__in=ids, action=FETCHED)
    return dict(rows.order_by("-id").values_list("subject", "recorded_at"))
