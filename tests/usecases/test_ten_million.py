"""Ten million rows: the log is sealed whole and names what was changed in it; a list shows the same among hidden ones.

COTRACE_SOAK_ROWS says another number. How long it takes is nobody's concern here: `benchmarks` measures.
"""

import os
import resource

import pytest

from benchmarks.audit import fill, seal_all
from cotrace.audit.models import AuditEvent
from cotrace.audit.services.verification import verify
from tests.support.administrator import as_administrator

pytestmark = pytest.mark.soak
ROWS = int(os.environ.get("COTRACE_SOAK_ROWS", "10000000"))
MEMORY_KB = 400 * 1024
"""What sealing and verifying may take besides what the process has: neither holds the log in memory."""


def test_a_log_is_sealed_and_verified_whole_and_a_change_in_its_middle_is_named(committed) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fill(ROWS)
    assert seal_all() == ROWS

    found = verify()

    assert found.is_intact and found.events == ROWS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY_KB
    middle = AuditEvent.objects.order_by("id").values_list("id", flat=True)[ROWS // 2]
    as_administrator(f"UPDATE audit_auditevent SET subject = 'SZ-OTHER' WHERE id = {middle}")
    assert [(each.code, each.event) for each in verify().findings] == [("link_broken", middle)]


def test_a_list_shows_the_same_rows_and_counts_among_hidden_ones(committed) -> None:
    from benchmarks import visibility

    visibility.agencies_and_agreements()
    visibility.holdings(visible=True, count=1000, seed="seen")
    before = seen()
    assert len(before[0]) == 50

    visibility.holdings(visible=False, count=ROWS, seed="hidden")

    assert seen() == before


def seen() -> tuple[object, object]:
    """Return the reader's newest rows and its count."""
    from benchmarks.visibility import KIND, READER
    from cotrace.sharing.selectors.holdings import newest_rows, scope_count
    from cotrace.sharing.selectors.scope import scope_of

    scope = scope_of(READER, kind=KIND)
    return newest_rows(scope), scope_count(scope)
