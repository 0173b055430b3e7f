"""What of a log was not taken: columns, and sister files that were not given or do not fit.

Kept with an import as JSON. Tests: tests/unit/seizures/test_log_columns.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SisterFile:
    """What a sister file gave: its rows, and how many of its keys no row of the log has."""

    field: str
    rows: int
    keys_unmatched: int
    columns_unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumns:
    """The columns of a log that are missing, unknown to its mapping or there twice; its sister files.

    `sisters_missing` are the fields whose sister file was not given.
    """

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    sisters: tuple[SisterFile, ...] = ()
    sisters_missing: tuple[str, ...] = ()


def columns_kept(kept: Mapping[str, Any]) -> LogColumns:
    """Return what was kept as JSON; nothing where nothing was kept, as for imports of earlier versions."""
    return LogColumns(
        missing=tuple(kept.get("missing", ())),
        unknown=tuple(kept.get("unknown", ())),
        repeated=tuple(kept.get("repeated", ())),
        sisters=tuple(
            SisterFile(**{**each, "columns_unknown": tuple(each["columns_unknown"])})
            for each in kept.get("sisters", ())
        ),
        sisters_missing=tuple(kept.get("sisters_missing", ())),
    )
