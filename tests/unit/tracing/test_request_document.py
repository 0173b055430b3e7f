"""The trace request document is read strictly and written back the same."""

import pytest

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import (
    Priority,
    TraceRequestDocument,
    parse_request,
    request_to_json,
)
from tests.unit.tracing.builders import complete_request

SMALLEST: JsonObject = {"format": "cotrace-trace-request", "version": 1, "gun": {}}


def problems(value: JsonObject) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        parse_request(value)
    assert refused.value.code == "trace_request_malformed"
    return [(problem.field, problem.code) for problem in refused.value.fields]


def test_a_document_comes_back_as_it_was_written() -> None:
    document = complete_request(priority=Priority.URGENT, justification="Dos líneas\nde texto")
    assert parse_request(request_to_json(document)) == document


def test_a_draft_with_nothing_but_a_gun_can_be_read() -> None:
    assert parse_request(SMALLEST) == TraceRequestDocument(gun=GunDescription())


def test_codes_are_read_from_their_lists() -> None:
    gun: JsonObject = {"serial_condition": "partial", "importer_mark": "absent", "type": "PI"}
    document = parse_request({**SMALLEST, "gun": gun})
    assert document.gun.serial_condition is SerialCondition.PARTIAL
    assert document.gun.importer_mark is ImporterMark.ABSENT


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"version": 2}, [("version", "number_out_of_range")]),
        ({"format": "other"}, [("format", "value_unknown")]),
        ({"gun": None}, [("gun", "required")]),
        ({"colour": "blue"}, [("colour", "field_unknown")]),
        ({"gun": {"colour": "blue"}}, [("gun.colour", "field_unknown")]),
        ({"gun": {"country_of_origin": "USA"}}, [("gun.country_of_origin", "form_wrong")]),
        ({"recovery": {"date": "03/04/2024"}}, [("recovery.date", "document_date_ambiguous")]),
        ({"crime_code": "52"}, [("crime_code", "form_wrong")]),
        ({"possessor": {"given_names": "Ana"}}, [("possessor.family_names", "required")]),
        ({"stolen_check": {}}, [("stolen_check.result", "required")]),
        ({"is_criminal_investigation": "yes"}, [("is_criminal_investigation", "yes_or_no_expected")]),
        ({"priority": "soon"}, [("priority", "value_unknown")]),
    ],
)
def test_a_wrong_field_is_refused_with_its_place(change: JsonObject, expected: list[tuple[str, str]]) -> None:
    assert problems({**SMALLEST, **change}) == expected


def test_several_wrong_fields_are_told_at_once() -> None:
    value: JsonObject = {**SMALLEST, "gun": {"serial": 5, "type": "pistol"}, "crime_code": "x"}
    assert problems(value) == [
        ("gun.serial", "text_expected"),
        ("gun.type", "form_wrong"),
        ("crime_code", "form_wrong"),
    ]
