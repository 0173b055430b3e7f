"""What seizures look like as JSON, and how it is turned into plain values."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from cotrace.seizures.reads import SeizurePage, SeizureRead
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.sharing.rules.levels import LevelName, level_name

CSV_ANSWER: dict[str, Any] = {
    "responses": {
        200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}
    }
}
"""What the OpenAPI document says of a route that answers with a table."""

CapName = Literal["NOTHING", "POINTER", "TEAR_LINE", "FULL"]
Short = Annotated[str, StringConstraints(max_length=200)]


class AmountBody(Schema):
    """A number, or the reason why there is none."""

    quantity: int | None = Field(default=None, ge=0, le=100_000_000)
    reason: Annotated[str, StringConstraints(max_length=24)] = ""


class SeizureBody(Schema):
    """A seizure as entered."""

    occurred_on: date
    state_code: Annotated[str, StringConstraints(max_length=2)] = ""
    municipio_code: Annotated[str, StringConstraints(max_length=5)] = ""
    place: Short = ""
    participants: list[Annotated[str, StringConstraints(max_length=24)]] = Field(default=[], max_length=50)
    amounts: dict[str, AmountBody] = Field(default={}, max_length=20)
    detained: AmountBody = AmountBody(reason="blank")
    notes: Annotated[str, StringConstraints(max_length=10_000)] = ""
    tear_line: Annotated[str, StringConstraints(max_length=500)] = ""


class VisibilityBody(Schema):
    """Who may see: the most others get, and the circle's number or nothing."""

    cap: CapName = "FULL"
    circle: Annotated[str, StringConstraints(max_length=40)] = ""


class LiaisonOut(Schema):
    """The published desk of the owning agency."""

    code: str
    name_en: str
    name_es: str
    liaison_name: str
    liaison_phone: str
    liaison_email: str


class SeizureOut(Schema):
    """A seizure at the caller's level: what the level does not disclose is null."""

    number: str
    owner: str
    level: LevelName
    liaison: LiaisonOut | None
    occurred_on: date | None
    state_code: str | None
    tear_line: str | None
    has_guns: bool | None
    municipio_code: str | None
    place: str | None
    participants: list[str] | None
    amounts: dict[str, AmountBody] | None
    detained: AmountBody | None
    notes: str | None
    source_system: str | None
    source_ref: str | None
    recorded_at: datetime | None
    cap: LevelName | None
    circle: str | None


class CountOut(Schema):
    """A count up to 1,000; `is_capped` means "at least"."""

    number: int
    is_capped: bool


class SeizurePageOut(Schema):
    """One page; `newer` and `older` are cursors for `at`."""

    rows: list[SeizureOut]
    newer: str
    older: str
    count: CountOut
    pointers: CountOut


class NumberOut(Schema):
    """The number of what was made."""

    number: str


class ProblemOut(Schema):
    """What was wrong in which row and column of the file."""

    row: int
    column: str
    code: str
    excerpt: str


class SisterOut(Schema):
    """What a sister file gave: its rows, how many of its keys no row of the log has, columns not taken."""

    field: str
    rows: int
    keys_unmatched: int
    columns_unknown: list[str]


class ColumnsOut(Schema):
    """Columns that a log lacks, that its mapping does not know, or that it has twice; sister files not given."""

    missing: list[str]
    unknown: list[str]
    repeated: list[str]
    sisters: list[SisterOut]
    sisters_missing: list[str]


class ImportOut(Schema):
    """An import and how far it is."""

    number: str
    file_name: str
    mapping: str
    member_name: str
    state: str
    created_at: datetime
    finished_at: datetime | None
    rows: int
    accepted: int
    rejected: int
    added: int
    repeated: int
    problems: list[ProblemOut]
    problem_totals: dict[str, int]
    columns: ColumnsOut


class DryRunOut(Schema):
    """What an import would take and reject."""

    mapping: str
    rows: int
    accepted: int
    rejected: int
    problems: list[ProblemOut]
    problem_totals: dict[str, int]
    columns_missing: list[str]
    columns_unknown: list[str]
    columns: ColumnsOut


class MappingOut(Schema):
    """A mapping that ships."""

    name: str
    title_en: str
    title_es: str
    companions: list[str]


class SearchQuery(Schema):
    """What seizures are narrowed to."""

    text: Annotated[str, StringConstraints(max_length=100)] = ""
    state: Annotated[str, StringConstraints(max_length=2)] = ""
    force: Annotated[str, StringConstraints(max_length=24)] = ""
    since: date | None = None
    until: date | None = None

    def where(self) -> SeizureFilter:
        """Return the filter it means."""
        return SeizureFilter(
            text=self.text, state_code=self.state, force=self.force, since_on=self.since, until_on=self.until
        )


class SeizureQuery(SearchQuery):
    """What a list is narrowed to, and where its page starts."""

    at: Annotated[str, StringConstraints(max_length=60)] = ""


class ImportForm(Schema):
    """How to read the file."""

    mapping: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9-]+$")]
    series: Annotated[str, StringConstraints(max_length=20)] = ""


def seizure_out(read: SeizureRead) -> SeizureOut:
    """Return the JSON form of a seizure."""
    amounts = read.amounts
    return SeizureOut(
        number=read.number,
        owner=read.owner,
        level=level_name(read.level),
        liaison=LiaisonOut.from_orm(read.liaison) if read.liaison else None,
        occurred_on=read.occurred_on,
        state_code=read.state_code,
        tear_line=read.tear_line,
        has_guns=read.has_guns,
        municipio_code=read.municipio_code,
        place=read.place,
        participants=list(read.participants) if read.participants is not None else None,
        amounts={item: _amount_out(amount) for item, amount in amounts.items()} if amounts is not None else None,
        detained=_amount_out(read.detained) if read.detained else None,
        notes=read.notes,
        source_system=read.source_system,
        source_ref=read.source_ref,
        recorded_at=read.recorded_at,
        cap=level_name(read.cap) if read.cap is not None else None,
        circle=read.circle,
    )


def _amount_out(amount: Amount) -> AmountBody:
    return AmountBody(quantity=amount.quantity, reason=amount.reason)


def page_out(page: SeizurePage) -> SeizurePageOut:
    """Return the JSON form of a page."""
    return SeizurePageOut(
        rows=[seizure_out(row) for row in page.rows],
        newer=page.newer,
        older=page.older,
        count=CountOut.from_orm(page.count),
        pointers=CountOut.from_orm(page.pointers),
    )


def values_of(body: SeizureBody) -> SeizureValues:
    """Return what a JSON body says of a seizure; items it does not name are blank."""
    def amount(given: AmountBody) -> Amount:
        return Amount(quantity=given.quantity, reason=given.reason)

    blank = AmountBody(reason="blank")
    return SeizureValues(
        occurred_on=body.occurred_on,
        state_code=body.state_code,
        municipio_code=body.municipio_code,
        place=body.place,
        participants=tuple(body.participants),
        amounts={item: amount(body.amounts.get(item, blank)) for item in (*ITEMS, *body.amounts)},
        detained=amount(body.detained),
        notes=body.notes,
        tear_line=body.tear_line,
    )
