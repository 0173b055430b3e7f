"""Counting tries before they are made, so that no number of simultaneous ones gets past the limit.

A try is taken first, in a transaction of its own, and given back if it was right. No lock is held while a
password is checked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from cotrace.agencies.models import TryCount
from cotrace.agencies.rules import tries as rules
from cotrace.foundation import clock
from cotrace.foundation.errors import Refused

FORGET = timedelta(hours=1)


class TooManyTries(Refused):
    """A key has spent its tries; waiting is the only way."""

    http_status = 429

    def __init__(self) -> None:
        super().__init__("too_many_requests")


def take(limits: Mapping[str, int]) -> bool:
    """Take one try from each key; take none and return False where any of them is locked.

    Both answers do the same work in the database, so that neither is told by its time.
    """
    moment = clock.now()
    with transaction.atomic():
        TryCount.objects.filter(last_at__lt=moment - FORGET).delete()
        rows = {key: _locked_row(key, moment) for key in sorted(limits)}
        held = {key: rules.Tries(count=row.count, last_at=row.last_at) for key, row in rows.items()}
        is_open = not any(rules.locked_until_at(held[key], moment=moment, limit=limits[key]) for key in limits)
        for key, row in rows.items():
            _save(row, rules.with_one_more(held[key], moment=moment) if is_open else held[key])
    return is_open


def take_or_refuse(limits: Mapping[str, int]) -> None:
    """Take one try from each key. Raises TooManyTries where any of them is locked."""
    if not take(limits):
        raise TooManyTries


def give_back(*keys: str) -> None:
    """Give back the try that was taken from each key: it was right."""
    with transaction.atomic():
        for row in TryCount.objects.select_for_update().filter(key__in=keys).order_by("key"):
            _save(row, rules.with_one_less(rules.Tries(count=row.count, last_at=row.last_at)))


def forget(*keys: str) -> None:
    """Start the count of each key anew, and with it end its lock."""
    TryCount.objects.filter(key__in=keys).delete()


def _locked_row(key: str, moment: datetime) -> TryCount:
    row, _ = TryCount.objects.select_for_update().get_or_create(key=key, defaults={"count": 0, "last_at": moment})
    return row


def _save(row: TryCount, tries: rules.Tries) -> None:
    row.count, row.last_at = tries.count, tries.last_at
    row.save(update_fields=["count", "last_at"])
