"""What a sister table adds to the rows of the main one: many codes for each key.

Tests: tests/unit/files/test_companions.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cotrace.files.rules.cells import RawRow
from cotrace.files.rules.columns import ColumnPlan
from cotrace.files.rules.engine import CompanionValues, RowContext, map_row
from cotrace.files.rules.mapping import Companion, TableMapping
from cotrace.files.rules.problems import ProblemTally
from cotrace.files.rules.texts import code_key
from cotrace.files.rules.words import Reason


def companion_mapping(companion: Companion, mapping: TableMapping) -> TableMapping:
    """Return the mapping of the sister table itself: its key and its value, whose columns it must have."""
    return TableMapping(
        name=companion.name,
        title_en=mapping.title_en,
        title_es=mapping.title_es,
        source=mapping.source,
        fields=(replace(companion.key, required=True), companion.value),
        identity=(companion.key.name, companion.value.name),
        sentinels=mapping.sentinels,
        ignored=companion.ignored,
    )


def collect_companion(
    companion: Companion,
    rows: Iterable[RawRow],
    *,
    plan: ColumnPlan,
    context: RowContext,
    tally: ProblemTally,
) -> CompanionValues:
    """Gather the codes of each key in the order of the file, each once.

    A row that cannot be taken is left out and counted in `tally` as a warning: it costs a code, not
    the row of the main table.
    """
    codes: dict[str, dict[str, None]] = {}
    reasons: dict[str, Reason] = {}
    for raw in rows:
        row = map_row(raw, plan=plan, context=context)
        tally.add(replace(problem, level="warning", table=companion.name) for problem in row.problems)
        if not row.is_accepted:
            continue
        key = code_key(str(row.values[companion.key.name]))
        if companion.value.name in row.values:
            codes.setdefault(key, {})[str(row.values[companion.value.name])] = None
        else:
            reasons.setdefault(key, row.not_recorded[companion.value.name])
    return CompanionValues(codes=_frozen(codes), reasons=reasons)


def _frozen(codes: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(found) for key, found in codes.items()}
