"""Which accounts and addresses are locked after wrong tries."""

from collections.abc import Iterable
from datetime import datetime

from cotrace.agencies.models import TryCount
from cotrace.agencies.rules import tries as rules
from cotrace.foundation import clock


def locks_of(keys: Iterable[str], *, limit: int) -> dict[str, datetime]:
    """Return when the lock of each locked key ends."""
    moment = clock.now()
    ends = {
        row.key: rules.locked_until_at(
            rules.Tries(count=row.count, last_at=row.last_at), moment=moment, limit=limit
        )
        for row in TryCount.objects.filter(key__in=list(keys))
    }
    return {key: end for key, end in ends.items() if end is not None}
