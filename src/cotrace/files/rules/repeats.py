"""Whether a row of a file repeats or contradicts an earlier one of the same identity.

Tests: tests/unit/files/test_repeats.py.
"""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code, Problem


@dataclass(slots=True)
class RepeatGuard:
    """Remembers the rows of one file, a few dozen bytes each."""

    _digests: dict[bytes, bytes] = field(default_factory=dict)

    def judged(self, row: MappedRow, *, column: str) -> MappedRow:
        """Return the row, rejected if an earlier one has its identity; a row without identity passes.

        The earlier row counts even when it was rejected itself: which of the two is meant, a person says.
        """
        if not row.identity:
            return row
        key = blake2b(repr(row.identity).encode(), digest_size=16).digest()
        digest = row.digest
        earlier = self._digests.setdefault(key, digest)
        if earlier is digest:
            return row
        code = Code.ROW_REPEATED if earlier == digest else Code.ROW_CONFLICTS
        shown = " / ".join(row.identity)[:40]
        problem = Problem(row=row.number, column=column, code=code, value_excerpt=shown)
        return replace(row, problems=(*row.problems, problem))
