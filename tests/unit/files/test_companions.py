"""What a sister table gives by key."""

from cotrace.files.rules.cells import RawRow
from cotrace.files.rules.columns import plan_columns
from cotrace.files.rules.companions import collect_companion, companion_mapping
from cotrace.files.rules.engine import CompanionValues, RowContext
from cotrace.files.rules.mapping import parse_mapping
from cotrace.files.rules.problems import Code, ProblemTally
from cotrace.files.rules.words import Reason

MAPPING = parse_mapping("""
name: a
title_en: A
title_es: A
source: here
sentinels: {"9999": undetermined}
fields: [{name: source_ref, kind: text, columns: [ID]}]
companions:
  - name: participants
    joins: source_ref
    key: {name: event, kind: text, columns: [ID], sentinels: {}}
    value: {name: force, kind: code, columns: [KEY], codes: {"01": MX-SEDENA, "02": MX-SEMAR}}
""")


def collected(*pairs: tuple[object, object]) -> tuple[CompanionValues, ProblemTally]:
    """Collect a sister table with these rows."""
    (companion,) = MAPPING.companions
    plan = plan_columns(companion_mapping(companion, MAPPING), RawRow(1, ("ID", "KEY")))
    tally = ProblemTally(keep=10)
    rows = [RawRow(number, pair) for number, pair in enumerate(pairs, start=2)]
    return collect_companion(companion, rows, plan=plan, context=RowContext(), tally=tally), tally


def test_the_codes_of_a_key_are_gathered_once_each_in_order() -> None:
    values, _ = collected((1, 2), (2, 1), (1, "01"), ("1", 2))
    assert values.codes == {"1": ("MX-SEMAR", "MX-SEDENA"), "2": ("MX-SEDENA",)}


def test_a_key_with_nothing_but_a_sentinel_keeps_the_reason() -> None:
    values, _ = collected((1, 9999), (2, None))
    assert values.codes == {}
    assert values.reasons == {"1": Reason.UNDETERMINED, "2": Reason.BLANK}


def test_a_row_that_cannot_be_taken_is_a_note_about_the_sister_table() -> None:
    values, tally = collected((1, 77), (None, 1), (1, 1))
    assert values.codes == {"1": ("MX-SEDENA",)}
    assert [(p.row, p.column, p.code, p.level, p.table) for p in tally.kept] == [
        (2, "KEY", Code.CODE_UNKNOWN, "warning", "participants"),
        (3, "ID", Code.REQUIRED_MISSING, "warning", "participants"),
    ]


def test_a_tally_counts_what_it_does_not_keep() -> None:
    tally = ProblemTally(keep=1)
    _, other = collected((1, 77), (2, 78), (None, 1))
    tally.add(other.kept)
    assert len(tally.kept) == 1
    assert tally.totals == {Code.CODE_UNKNOWN: 2, Code.REQUIRED_MISSING: 1}
