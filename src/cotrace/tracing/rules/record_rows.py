"""One line of a licensee's records file: a gun, how it came in, where it went.

Decides which columns the file has and what each line must hold for its kind of disposition.
Source: 27 CFR 478.125(e) (acquisition and disposition record), docs/connector-protocol.md section 8.
Tests: tests/unit/tracing/test_record_rows.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cotrace.foundation.errors import FieldProblem
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.foundation.rules.strict import Fields
from cotrace.tracing.rules.answer_detail import LONGEST_WAIT_S
from cotrace.tracing.rules.answers import (
    Acquisition,
    Address,
    AgencyKind,
    Answer,
    AnswerKind,
    Exported,
    GapReason,
    IdentityDocument,
    LicenseeRef,
    LossPlace,
    Pending,
    Purchaser,
    RecordIncomplete,
    ShippedTo,
    SoldToAgency,
    SoldToPurchaser,
    StolenOrLost,
)
from cotrace.tracing.rules.gun import LICENCE, RecordedGun
from cotrace.tracing.rules.inquiry import parse_gun
from cotrace.tracing.rules.parties import COUNTRY

GUN_COLUMNS = ("serial", "make", "importer", "model", "calibre", "type")
REQUIRED_COLUMNS = ("serial", "disposition")
COLUMNS = (
    *GUN_COLUMNS,
    "acquired_on",
    "supplier_number",
    "supplier_name",
    "disposition",
    "disposed_on",
    "to_number",
    "to_name",
    "invoice",
    "family_names",
    "given_names",
    "birth_date",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "document_type",
    "document_number",
    "document_issuer",
    "form_reference",
    "agency_kind",
    "agency_name",
    "loss_place",
    "report_reference",
    "export_country",
    "consignee",
    "gap_reason",
    "retry_after_s",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A gun in a licensee's book, with the answer its disposition gives."""

    gun: RecordedGun
    acquisition: Acquisition | None
    answer: Answer


def column_problems(header: tuple[str, ...]) -> tuple[FieldProblem, ...]:
    """Name the columns that are missing, unknown or there twice."""
    missing = [FieldProblem(name, "record_column_missing") for name in REQUIRED_COLUMNS if name not in header]
    unknown = [FieldProblem(name[:60], "record_column_unknown") for name in header if name not in COLUMNS]
    twice = [FieldProblem(name, "record_column_twice") for name in COLUMNS if header.count(name) > 1]
    return (*missing, *unknown, *twice)


def parse_row(cells: dict[str, str]) -> tuple[RecordRow, tuple[FieldProblem, ...]]:
    """Read one line; the problems name columns. The row counts only where there is no problem."""
    values: JsonObject = {name: text for name, text in cells.items() if text.strip()}
    fields = Fields(values)
    disposition = fields.code("disposition", AnswerKind, default=AnswerKind.RECORD_INCOMPLETE)
    builder = _BUILDERS.get(disposition)
    if builder is None:
        fields.problem("disposition", "value_unknown", expected=", ".join(_BUILDERS))
        builder = _incomplete
    row = RecordRow(
        gun=parse_gun(Fields(_gun_cells(fields), problems=fields.problems)),
        acquisition=_acquisition(fields),
        answer=builder(fields),
    )
    return row, tuple(fields.problems)


def _gun_cells(fields: Fields) -> JsonObject:
    return {name: fields.values[name] for name in GUN_COLUMNS if name in fields.values}


def _acquisition(fields: Fields) -> Acquisition | None:
    number = fields.text_or_none("supplier_number", form=LICENCE)
    name = fields.text_or_none("supplier_name", longest=120)
    acquired_on = fields.day_or_none("acquired_on")
    if number is None and acquired_on is None:
        return None
    supplier = None if number is None else LicenseeRef(number=number, name=name)
    return Acquisition(acquired_on=acquired_on, supplier=supplier)


def _shipped(fields: Fields) -> Answer:
    return ShippedTo(
        licensee=LicenseeRef(
            number=fields.text("to_number", form=LICENCE),
            name=fields.text_or_none("to_name", longest=120),
        ),
        shipped_on=fields.day_or_none("disposed_on"),
        invoice=fields.text_or_none("invoice", longest=80),
    )


def _sold(fields: Fields) -> Answer:
    return SoldToPurchaser(
        purchaser=Purchaser(
            family_names=fields.text("family_names"),
            given_names=fields.text_or_none("given_names"),
            birth_date=fields.day_or_none("birth_date"),
            address=_address(fields),
            document=_document(fields),
        ),
        sold_on=fields.day_or_none("disposed_on"),
        form_reference=fields.text_or_none("form_reference", longest=80),
    )


def _address(fields: Fields) -> Address | None:
    address = Address(
        street=fields.text_or_none("street"),
        city=fields.text_or_none("city", longest=120),
        state=fields.text_or_none("state", longest=120),
        postal_code=fields.text_or_none("postal_code", longest=20),
        country=fields.text_or_none("country", form=COUNTRY),
    )
    return None if address == Address() else address


def _document(fields: Fields) -> IdentityDocument | None:
    type_name = fields.text_or_none("document_type", longest=60)
    if type_name is None:
        return None
    return IdentityDocument(
        type_name=type_name,
        number=fields.text_or_none("document_number", longest=60),
        issuer=fields.text_or_none("document_issuer", longest=60),
    )


def _lost(fields: Fields) -> Answer:
    return StolenOrLost(
        place=fields.code("loss_place", LossPlace),
        discovered_on=fields.day_or_none("disposed_on"),
        report_reference=fields.text_or_none("report_reference", longest=80),
    )


def _exported(fields: Fields) -> Answer:
    return Exported(
        country=fields.text("export_country", form=COUNTRY),
        exported_on=fields.day_or_none("disposed_on"),
        consignee=fields.text_or_none("consignee"),
    )


def _agency_sale(fields: Fields) -> Answer:
    return SoldToAgency(
        agency_kind=fields.code("agency_kind", AgencyKind),
        agency_name=fields.text("agency_name"),
        sold_on=fields.day_or_none("disposed_on"),
    )


def _incomplete(fields: Fields) -> Answer:
    return RecordIncomplete(
        reason=fields.code("gap_reason", GapReason, default=GapReason.DISPOSITION_MISSING)
    )


def _pending(fields: Fields) -> Answer:
    text = fields.text("retry_after_s", longest=6)
    seconds = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= seconds <= LONGEST_WAIT_S:
        fields.problem("retry_after_s", "number_out_of_range", least=1, most=LONGEST_WAIT_S)
        seconds = 1
    return Pending(retry_after_s=seconds)


_BUILDERS: dict[AnswerKind, Callable[[Fields], Answer]] = {
    AnswerKind.SHIPPED_TO: _shipped,
    AnswerKind.SOLD_TO_PURCHASER: _sold,
    AnswerKind.STOLEN_OR_LOST: _lost,
    AnswerKind.EXPORTED: _exported,
    AnswerKind.SOLD_TO_AGENCY: _agency_sale,
    AnswerKind.RECORD_INCOMPLETE: _incomplete,
    AnswerKind.PENDING: _pending,
}
