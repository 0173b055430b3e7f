"""The detail of an answer as documents carry it, one shape per kind of answer.

Decides which fields each kind has. Source: docs/connector-protocol.md section 5.
Tests: tests/unit/tracing/test_connector_documents.py, tests/property/tracing/test_connector_properties.py.
"""

from collections.abc import Callable

from cotrace.foundation.rules.canonical import JsonObject, without_blanks
from cotrace.foundation.rules.strict import Fields, day_text
from cotrace.tracing.rules.answers import (
    AgencyKind,
    Answer,
    AnswerKind,
    Exported,
    GapReason,
    LossPlace,
    NotFoundReason,
    NotInRecords,
    Pending,
    RecordIncomplete,
    SeveralGuns,
    ShippedTo,
    SoldToAgency,
    SoldToPurchaser,
    StolenOrLost,
)
from cotrace.tracing.rules.gun import RecordedGun
from cotrace.tracing.rules.inquiry import gun_to_json, parse_gun
from cotrace.tracing.rules.parties import (
    COUNTRY,
    licensee_to_json,
    parse_licensee,
    parse_purchaser,
    purchaser_to_json,
)

MOST_CANDIDATES = 20
LONGEST_WAIT_S = 7 * 24 * 3600


def answer_to_json(answer: Answer) -> JsonObject:
    """Write the detail of an answer, without its kind."""
    match answer:
        case ShippedTo():
            detail = _shipped_to_json(answer)
        case SoldToPurchaser():
            detail = _sold_to_json(answer)
        case NotInRecords():
            guns = [gun_to_json(gun) for gun in answer.same_serial]
            detail = {"reason": answer.reason.value, "same_serial": guns or None}
        case SeveralGuns():
            detail = {"candidates": [gun_to_json(gun) for gun in answer.candidates]}
        case StolenOrLost():
            detail = {
                "place": answer.place.value,
                "discovered_on": day_text(answer.discovered_on),
                "report_reference": answer.report_reference,
            }
        case Exported():
            detail = {
                "country": answer.country,
                "exported_on": day_text(answer.exported_on),
                "consignee": answer.consignee,
            }
        case SoldToAgency():
            detail = {
                "agency_kind": answer.agency_kind.value,
                "agency_name": answer.agency_name,
                "sold_on": day_text(answer.sold_on),
            }
        case RecordIncomplete():
            detail = {"reason": answer.reason.value}
        case Pending():
            detail = {"retry_after_s": answer.retry_after_s}
    return without_blanks(detail)


def parse_detail(kind: AnswerKind, fields: Fields) -> Answer:
    """Read the detail of an answer of this kind."""
    answer = _PARSERS[kind](fields)
    fields.close()
    return answer


def _shipped_to_json(answer: ShippedTo) -> JsonObject:
    return {
        "licensee": licensee_to_json(answer.licensee),
        "shipped_on": day_text(answer.shipped_on),
        "invoice": answer.invoice,
    }


def _sold_to_json(answer: SoldToPurchaser) -> JsonObject:
    return {
        "purchaser": purchaser_to_json(answer.purchaser),
        "sold_on": day_text(answer.sold_on),
        "form_reference": answer.form_reference,
    }


def _parse_shipped(fields: Fields) -> Answer:
    return ShippedTo(
        licensee=parse_licensee(fields.child("licensee")),
        shipped_on=fields.day_or_none("shipped_on"),
        invoice=fields.text_or_none("invoice", longest=80),
    )


def _parse_sold(fields: Fields) -> Answer:
    return SoldToPurchaser(
        purchaser=parse_purchaser(fields.child("purchaser")),
        sold_on=fields.day_or_none("sold_on"),
        form_reference=fields.text_or_none("form_reference", longest=80),
    )


def _parse_not_in_records(fields: Fields) -> Answer:
    return NotInRecords(
        reason=fields.code("reason", NotFoundReason),
        same_serial=_parse_guns(fields, "same_serial"),
    )


def _parse_several(fields: Fields) -> Answer:
    candidates = _parse_guns(fields, "candidates")
    if not candidates:
        fields.problem("candidates", "required")
    return SeveralGuns(candidates=candidates)


def _parse_loss(fields: Fields) -> Answer:
    return StolenOrLost(
        place=fields.code("place", LossPlace),
        discovered_on=fields.day_or_none("discovered_on"),
        report_reference=fields.text_or_none("report_reference", longest=80),
    )


def _parse_export(fields: Fields) -> Answer:
    return Exported(
        country=fields.text("country", form=COUNTRY),
        exported_on=fields.day_or_none("exported_on"),
        consignee=fields.text_or_none("consignee"),
    )


def _parse_agency_sale(fields: Fields) -> Answer:
    return SoldToAgency(
        agency_kind=fields.code("agency_kind", AgencyKind),
        agency_name=fields.text("agency_name"),
        sold_on=fields.day_or_none("sold_on"),
    )


def _parse_incomplete(fields: Fields) -> Answer:
    return RecordIncomplete(reason=fields.code("reason", GapReason))


def _parse_pending(fields: Fields) -> Answer:
    return Pending(retry_after_s=fields.number("retry_after_s", least=1, most=LONGEST_WAIT_S))


_PARSERS: dict[AnswerKind, Callable[[Fields], Answer]] = {
    AnswerKind.SHIPPED_TO: _parse_shipped,
    AnswerKind.SOLD_TO_PURCHASER: _parse_sold,
    AnswerKind.NOT_IN_RECORDS: _parse_not_in_records,
    AnswerKind.SEVERAL_GUNS: _parse_several,
    AnswerKind.STOLEN_OR_LOST: _parse_loss,
    AnswerKind.EXPORTED: _parse_export,
    AnswerKind.SOLD_TO_AGENCY: _parse_agency_sale,
    AnswerKind.RECORD_INCOMPLETE: _parse_incomplete,
    AnswerKind.PENDING: _parse_pending,
}


def _parse_guns(fields: Fields, name: str) -> tuple[RecordedGun, ...]:
    return tuple(parse_gun(item) for item in fields.children(name, most=MOST_CANDIDATES))
