"""A request leaves only with the fields its case needs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import Priority, TraceRequestDocument
from cotrace.tracing.rules.request_recovery import StolenCheck, StolenCheckResult
from tests.unit.tracing.builders import GUN, NOON, RECOVERED_ON, complete_request

TODAY = NOON.date()
COMPLETE = complete_request()


def problems(document: TraceRequestDocument) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in request_problems(document, today=TODAY)]


def with_gun(**changes: object) -> TraceRequestDocument:
    return replace(COMPLETE, gun=replace(GUN, **changes))  # type: ignore[arg-type]


def test_a_complete_request_may_leave() -> None:
    assert problems(COMPLETE) == []


def test_an_empty_request_names_every_required_field() -> None:
    fields = [field for field, _ in problems(TraceRequestDocument(gun=GunDescription()))]
    assert fields == [
        "gun.serial",
        "gun.make",
        "gun.type",
        "gun.calibre",
        "gun.model",
        "gun.country_of_origin",
        "agency.case_number",
        "recovery.date",
        "recovery.city",
        "recovery.state",
        "recovery.country",
        "crime_code",
        "is_criminal_investigation",
    ]


@pytest.mark.parametrize("mark", [ImporterMark.NOT_EXAMINED, ImporterMark.MARKED])
def test_a_foreign_gun_needs_its_importer(mark: ImporterMark) -> None:
    foreign = with_gun(country_of_origin="AT", importer_mark=mark)
    assert problems(foreign) == [("gun.importer", "importer_missing_on_foreign_gun")]
    named = with_gun(country_of_origin="AT", importer_mark=mark, importer="Gulf Imports")
    assert problems(named) == []


def test_a_foreign_gun_without_importer_mark_may_leave() -> None:
    assert problems(with_gun(country_of_origin="AT", importer_mark=ImporterMark.ABSENT)) == []


def test_an_importer_named_on_a_gun_without_importer_mark_is_a_contradiction() -> None:
    document = with_gun(importer="Gulf Imports", importer_mark=ImporterMark.ABSENT)
    assert problems(document) == [("gun.importer", "importer_named_but_no_mark")]


def test_urgent_needs_a_justification() -> None:
    urgent = replace(COMPLETE, priority=Priority.URGENT)
    assert problems(urgent) == [("justification", "justification_missing_on_urgent")]
    assert problems(replace(urgent, justification="Ataque en curso")) == []


def test_an_obliterated_serial_need_not_be_stated() -> None:
    document = with_gun(serial=None, serial_condition=SerialCondition.OBLITERATED)
    assert problems(document) == []


def test_a_partial_serial_marks_its_unknown_positions_and_a_read_one_has_none() -> None:
    partial = SerialCondition.PARTIAL
    assert problems(with_gun(serial="12?45", serial_condition=partial)) == []
    assert problems(with_gun(serial="12345", serial_condition=partial)) == [
        ("gun.serial", "partial_serial_without_unknown_position")
    ]
    assert problems(with_gun(serial="12?45")) == [("gun.serial", "read_serial_with_unknown_position")]


def test_a_privately_made_gun_needs_no_maker_model_or_serial() -> None:
    gun = GunDescription(is_privately_made=True, type_code="PI", calibre="9MM")
    assert problems(replace(COMPLETE, gun=gun)) == []


def test_a_stolen_check_that_was_not_run_says_why() -> None:
    unrun = replace(COMPLETE, stolen_check=StolenCheck(result=StolenCheckResult.NOT_RUN))
    assert problems(unrun) == [("stolen_check.not_run_because", "required")]


@pytest.mark.parametrize(
    ("recovered_on", "code"),
    [
        (TODAY + timedelta(days=1), "recovery_in_future"),
        (date(1968, 10, 21), "recovery_too_early"),
    ],
)
def test_a_recovery_date_that_cannot_be_is_refused(recovered_on: date, code: str) -> None:
    document = replace(COMPLETE, recovery=replace(COMPLETE.recovery, recovered_on=recovered_on))
    assert problems(document) == [("recovery.date", code)]


def test_a_recovery_of_today_may_be_traced() -> None:
    document = replace(COMPLETE, recovery=replace(COMPLETE.recovery, recovered_on=TODAY))
    assert problems(document) == []
    assert RECOVERED_ON < TODAY
