"""What one row of a file becomes under a mapping: values, reasons for blanks, problems.

A blank or a sentinel is "not recorded" with its reason, never zero. A bad cell rejects the row, unless
the mapping says that it costs only the field. Tests: tests/unit/files/test_engine.py, and
tests/property/files/test_round_trip.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from cotrace.files.rules.cells import Cell, CellError, Formula, PlainCell, RawRow, excerpt, plain_text
from cotrace.files.rules.cleaned import Bad, Cleaned, NotRecorded, Recorded, Value
from cotrace.files.rules.columns import ColumnPlan, FieldPlan
from cotrace.files.rules.dates import clean_date, clean_date_parts
from cotrace.files.rules.mapping import Field, Kind
from cotrace.files.rules.numbers import clean_decimal, clean_integer
from cotrace.files.rules.problems import Code, Level, Problem
from cotrace.files.rules.texts import clean_code, clean_text, code_key
from cotrace.files.rules.words import Reason, not_recorded_word


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedRow:
    """One row under a mapping. Every field is in `values` or in `not_recorded`, or has a problem."""

    number: int
    identity: tuple[str, ...]
    values: Mapping[str, Value]
    not_recorded: Mapping[str, Reason]
    problems: tuple[Problem, ...]

    @property
    def is_accepted(self) -> bool:
        """Say whether nothing rejects this row."""
        return all(problem.level == "warning" for problem in self.problems)

    @property
    def digest(self) -> bytes:
        """16 bytes that are equal for rows that say the same, whatever their number."""
        told = (
            sorted(self.values.items()),
            sorted(self.not_recorded.items()),
            [p.code for p in self.problems],
        )
        return blake2b(repr(told).encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionValues:
    """What a sister table says, by `code_key` of its key column. `reasons` are of keys without a code."""

    codes: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """What rows are judged against, besides the mapping.

    `companions`: field name to (name of the joined field, its table; None when the file was not given).
    `constants` replace those of the mapping. `today`: no day after it is taken; None takes all.
    """

    code_lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    companions: Mapping[str, tuple[str, CompanionValues | None]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    is_1904: bool = False
    is_text: bool = False
    today: date | None = None


_Cleaner = Callable[[PlainCell, Field, RowContext], Cleaned]


def _clean_codes(cell: PlainCell, field: Field, _context: RowContext) -> Cleaned:
    parts = [part for part in plain_text(cell).replace(";", ",").replace("|", ",").split(",") if part.strip()]
    found = [clean_code(part, width=field.width) for part in parts]
    wrong = next((one for one in found if isinstance(one, Bad)), None)
    codes = dict.fromkeys(str(one.value) for one in found if isinstance(one, Recorded))
    return wrong or Recorded(tuple(codes))


_CLEANERS: Mapping[Kind, _Cleaner] = {
    "text": lambda cell, field, _: clean_text(cell, max_length=field.max_length),
    "integer": lambda cell, field, _: clean_integer(cell, high=field.high),
    "decimal": lambda cell, field, _: clean_decimal(cell, high=field.high),
    "date": lambda cell, field, context: clean_date(cell, order=field.order, is_1904=context.is_1904),
    "code": lambda cell, field, _: clean_code(cell, width=field.width),
    "codes": _clean_codes,
}


def not_recorded_reason(cell: PlainCell, sentinels: Mapping[str, Reason]) -> Reason | None:
    """Return why a cell says nothing; None if it says something."""
    if cell is None:
        return Reason.BLANK
    word = not_recorded_word(cell) if isinstance(cell, str) else None
    return word or (sentinels.get(code_key(plain_text(cell))) if sentinels else None)


def _refused(cell: Cell) -> Code | None:
    """Return why no kind of field can take a cell."""
    return (
        Code.FORMULA
        if isinstance(cell, Formula)
        else Code.CELL_ERROR
        if isinstance(cell, CellError)
        else None
    )


def _cells(plan: FieldPlan, raw: RawRow) -> list[Cell]:
    return [raw.cells[index] if index < len(raw.cells) else None for index in plan.indexes]


def clean_field(plan: FieldPlan, raw: RawRow, values: Mapping[str, Value], context: RowContext) -> Cleaned:
    """Take one field of a row; `values` are the fields before it."""
    field = plan.field
    cells: list[Cell] = _cells(plan, raw)
    if field.constant is not None:
        cells = [context.constants.get(field.name, field.constant)]
    if not cells:
        return NotRecorded(Reason.COLUMN_MISSING)
    for part, cell in enumerate(cells):
        if refused := _refused(cell):
            return Bad(refused, part)
    plain = [cell for cell in cells if not isinstance(cell, Formula | CellError)]
    reasons = [not_recorded_reason(cell, plan.sentinels) for cell in plain]
    if all(reasons) and reasons[0]:
        return NotRecorded(reasons[0])
    for part, reason in enumerate(reasons):
        if reason is not None:
            return Bad(Code.DATE_INCOMPLETE, part)
    if len(plain) == 3:
        taken = clean_date_parts(*plain)
    elif plan.codes is not None:
        code = plan.codes.get(code_key(plain_text(plain[0])))
        taken = Bad(Code.CODE_UNKNOWN) if code is None else Recorded(code)
    else:
        taken = _CLEANERS[field.kind](plain[0], field, context)
    return _checked(taken, field, values, context) if isinstance(taken, Recorded) else taken


def _checked(taken: Recorded, field: Field, values: Mapping[str, Value], context: RowContext) -> Cleaned:
    """Put the prefix before a code, and compare a value with lists, other fields and the calendar."""
    value = taken.value
    if field.prefix is not None:
        if field.prefix not in values:
            return NotRecorded(Reason.PARENT_MISSING)
        value = f"{values[field.prefix]}{value}"
    if isinstance(value, date) and context.today is not None and value > context.today:
        return Bad(Code.DATE_IN_FUTURE)
    if field.code_list is not None:
        codes = value if isinstance(value, tuple) else (value,)
        if not context.code_lists[field.code_list].issuperset(codes):
            return Bad(Code.CODE_UNKNOWN)
    if field.within in values and not str(value).startswith(str(values[field.within or ""])):
        return Bad(Code.CODE_MISMATCH)
    return Recorded(value)


def map_row(raw: RawRow, *, plan: ColumnPlan, context: RowContext) -> MappedRow:
    """Turn one row as read into fields of the record."""
    values: dict[str, Value] = {}
    not_recorded: dict[str, Reason] = {}
    problems = list(_shape_problems(raw, plan, context))
    for field_plan in plan.fields:
        field = field_plan.field
        taken = clean_field(field_plan, raw, values, context)
        if isinstance(taken, Recorded):
            values[field.name] = taken.value
        elif isinstance(taken, NotRecorded):
            not_recorded[field.name] = taken.reason
            if field.required:
                problems.append(_problem(raw, field_plan, Bad(Code.REQUIRED_MISSING)))
        else:
            level: Level = "warning" if field.if_bad == "not_recorded" and not field.required else "error"
            problems.append(_problem(raw, field_plan, taken, level))
            if level == "warning":
                not_recorded[field.name] = Reason.UNREADABLE
    for name, (joins, companion) in context.companions.items():
        joined = _companion_value(values.get(joins), companion)
        if isinstance(joined, Recorded):
            values[name] = joined.value
        else:
            not_recorded[name] = joined.reason
    identity = tuple(plain_text(_identity_cell(values.get(name))) for name in plan.identity)
    return MappedRow(
        number=raw.number,
        identity=identity if all(identity) else (),
        values=values,
        not_recorded=not_recorded,
        problems=tuple(problems),
    )


def _identity_cell(value: Value | None) -> PlainCell:
    return value if value is None or isinstance(value, str | int | date) else str(value)


def _companion_value(key: Value | None, companion: CompanionValues | None) -> Recorded | NotRecorded:
    if companion is None:
        return NotRecorded(Reason.COMPANION_MISSING)
    joined = "" if key is None else code_key(str(key))
    if joined in companion.codes:
        return Recorded(companion.codes[joined])
    return NotRecorded(companion.reasons.get(joined, Reason.COMPANION_ROW_MISSING))


def _problem(raw: RawRow, plan: FieldPlan, bad: Bad, level: Level = "error") -> Problem:
    cells, headers = _cells(plan, raw), plan.headers
    if bad.part is not None and headers:
        cells, headers = cells[bad.part : bad.part + 1], headers[bad.part : bad.part + 1]
    text = excerpt(cells[0]) if len(cells) == 1 else " / ".join(excerpt(cell, length=12) for cell in cells)
    column = " / ".join(headers) or plan.field.name
    return Problem(row=raw.number, column=column, code=bad.code, value_excerpt=text, level=level)


def _shape_problems(raw: RawRow, plan: ColumnPlan, context: RowContext) -> Iterator[Problem]:
    """Report cells outside the table, and rows of delimited text that do not have its width."""
    width = len(plan.headers)
    beyond = [cell for cell in raw.cells[width:] if cell is not None]
    beyond += [
        cell for cell, header in zip(raw.cells, plan.headers, strict=False) if not header and cell is not None
    ]
    if context.is_text and len(raw.cells) > width and beyond:
        yield Problem(row=raw.number, column="", code=Code.ROW_TOO_WIDE, value_excerpt=excerpt(beyond[0]))
    elif beyond:
        code = Code.CELL_WITHOUT_HEADER
        yield Problem(row=raw.number, column="", code=code, value_excerpt=excerpt(beyond[0]), level="warning")
    if context.is_text and len(raw.cells) < width:
        last = raw.cells[-1] if raw.cells else None
        code = Code.ROW_TOO_SHORT
        yield Problem(row=raw.number, column="", code=code, value_excerpt=excerpt(last), level="warning")
