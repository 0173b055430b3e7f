"""Rows of one identity in one file."""

from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code
from cotrace.files.rules.repeats import RepeatGuard


def row(number: int, source_ref: str, guns: int) -> MappedRow:
    """A row with an identity and one value."""
    identity = (source_ref,) if source_ref else ()
    return MappedRow(number=number, identity=identity, values={"guns": guns}, not_recorded={}, problems=())


def codes(*rows: MappedRow) -> list[list[Code]]:
    """The codes each row gets, one after the other."""
    guard = RepeatGuard()
    return [[problem.code for problem in guard.judged(one, column="ID").problems] for one in rows]


def test_the_second_row_that_says_the_same_is_repeated() -> None:
    assert codes(row(2, "1", 3), row(3, "1", 3), row(4, "1", 3)) == [
        [],
        [Code.ROW_REPEATED],
        [Code.ROW_REPEATED],
    ]


def test_the_second_row_that_says_something_else_conflicts() -> None:
    assert codes(row(2, "1", 3), row(3, "1", 4)) == [[], [Code.ROW_CONFLICTS]]


def test_rows_of_other_identities_or_none_pass() -> None:
    assert codes(row(2, "1", 3), row(3, "2", 3), row(4, "", 3), row(5, "", 3)) == [[], [], [], []]


def test_the_problem_names_the_identity() -> None:
    guard = RepeatGuard()
    guard.judged(row(2, "17", 3), column="ID")
    (problem,) = guard.judged(row(3, "17", 4), column="ID").problems
    assert (problem.row, problem.column, problem.value_excerpt, problem.level) == (3, "ID", "17", "error")
