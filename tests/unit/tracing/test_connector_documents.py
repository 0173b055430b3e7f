"""Inquiries and answers are read as strictly as they are written."""

import json
from dataclasses import replace
from datetime import date

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.signatures import digest
from cotrace.tracing.rules.answer_document import (
    ConnectorAnswer,
    answer_bytes,
    belongs_to,
    parse_answer,
)
from cotrace.tracing.rules.answers import (
    Acquisition,
    Address,
    AgencyKind,
    Answer,
    Exported,
    GapReason,
    IdentityDocument,
    LicenseeRef,
    LossPlace,
    NotFoundReason,
    NotInRecords,
    Pending,
    Purchaser,
    RecordIncomplete,
    SeveralGuns,
    SoldToAgency,
    SoldToPurchaser,
    StolenOrLost,
)
from cotrace.tracing.rules.inquiry import inquiry_bytes, parse_inquiry
from cotrace.tracing.rules.trace_view import Shipment
from tests.unit.tracing.builders import ASKED, DEALER, NOON, WHOLESALER, inquiry, shipped, sold

DETAILED_SALE = SoldToPurchaser(
    purchaser=Purchaser(
        family_names="Núñez de la Peña",
        given_names="María José",
        birth_date=date(1990, 1, 2),
        address=Address(street="1 Mesa St", city="El Paso", state="TX", postal_code="79901", country="US"),
        document=IdentityDocument(type_name="driver licence", number="X1", issuer="TX"),
    ),
    sold_on=None,
)
ANSWERS: tuple[Answer, ...] = (
    shipped(WHOLESALER, None),
    sold(),
    DETAILED_SALE,
    NotInRecords(reason=NotFoundReason.BEFORE_RECORDS),
    NotInRecords(same_serial=(ASKED,)),
    SeveralGuns(candidates=(ASKED, replace(ASKED, model="S19"))),
    StolenOrLost(place=LossPlace.SHIPMENT, discovered_on=date(2023, 1, 1), report_reference="T-1"),
    Exported(country="MX", exported_on=date(2023, 1, 1), consignee="SEDENA"),
    SoldToAgency(agency_kind=AgencyKind.MILITARY, agency_name="Army"),
    RecordIncomplete(reason=GapReason.DESTROYED),
    Pending(retry_after_s=600),
)


def answered(answer: Answer) -> ConnectorAnswer:
    return ConnectorAnswer(
        inquiry_id=inquiry().inquiry_id,
        inquiry_digest=digest(inquiry_bytes(inquiry())),
        licensee=DEALER.number,
        answered_at=NOON,
        answer=answer,
        gun=ASKED,
        acquisition=Acquisition(acquired_on=date(2023, 1, 1), supplier=LicenseeRef(number="1-00-0001")),
    )


def changed(body: bytes, **changes: object) -> bytes:
    values = {**json.loads(body), **changes}
    kept = {name: value for name, value in values.items() if value is not None}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_kind_of_answer_comes_back_as_it_was_written(answer: Answer) -> None:
    found = answered(answer)
    assert parse_answer(answer_bytes(found)) == found


@pytest.mark.parametrize(
    "shipment", [None, Shipment(supplier="1-00-0001", shipped_on=date(2023, 1, 1), invoice="7")]
)
def test_an_inquiry_comes_back_as_it_was_written(shipment: Shipment | None) -> None:
    asked = inquiry(shipment=shipment)
    assert parse_inquiry(inquiry_bytes(asked)) == asked


def test_an_inquiry_holds_nothing_about_the_case() -> None:
    assert set(json.loads(inquiry_bytes(inquiry()))) == {
        "protocol",
        "inquiry_id",
        "licensee",
        "issued_at",
        "expires_at",
        "call_back",
        "gun",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"protocol": "cotrace-connector/2"}, "protocol"),
        ({"case": "CI-2024"}, "case"),
        ({"gun": {"make": "Colt"}}, "gun.serial"),
        ({"gun": {"serial": "--"}}, "gun.serial"),
        ({"inquiry_id": "short"}, "inquiry_id"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"licensee": "../../etc"}, "licensee"),
    ],
)
def test_an_inquiry_with_a_wrong_field_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_inquiry(changed(inquiry_bytes(inquiry()), **changes))
    assert refused.value.code == "inquiry_malformed"
    assert [problem.field for problem in refused.value.fields] == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"detail": None}, "detail"),
        ({"detail": {"licensee": {"number": "1-00-0001"}}}, "detail.purchaser"),
        ({"note": "hello"}, "note"),
        ({"inquiry_digest": "0"}, "inquiry_digest"),
        ({"gun": {"serial": "1", "owner": "me"}}, "gun.owner"),
    ],
)
def test_an_answer_with_a_wrong_field_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_answer(changed(answer_bytes(answered(sold())), **changes))
    assert refused.value.code == "answer_malformed"
    assert field in [problem.field for problem in refused.value.fields]


def test_several_guns_without_any_gun_is_no_answer() -> None:
    with pytest.raises(Invalid):
        parse_answer(answer_bytes(answered(SeveralGuns(candidates=()))))


def test_an_answer_belongs_to_its_inquiry() -> None:
    assert belongs_to(answered(sold()), inquiry())


@pytest.mark.parametrize(
    "lie",
    [
        {"inquiry_id": "inquiry-9999999999"},
        {"inquiry_digest": "0" * 64},
        {"licensee": WHOLESALER.number},
        {"gun": replace(ASKED, serial="ABC-1235")},
        {"answer": SeveralGuns(candidates=(ASKED, replace(ASKED, serial="XYZ")))},
    ],
)
def test_an_answer_about_anything_else_does_not_belong_to_the_inquiry(lie: dict[str, object]) -> None:
    assert not belongs_to(replace(answered(sold()), **lie), inquiry())  # type: ignore[arg-type]
