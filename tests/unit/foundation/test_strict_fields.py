"""A document is read field by field, and all its problems are told at once with their places."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonValue
from cotrace.foundation.rules.strict import MOST_PROBLEMS, Fields, day_text, moment_text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def problems(fields: Fields) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in fields.problems]


def test_well_formed_fields_come_back_as_values() -> None:
    fields = Fields.of(
        {"name": " Ana ", "on": "2024-02-29", "at": "2024-02-29T10:00:00Z", "n": 3, "c": "red", "y": True}
    )
    assert fields.text("name") == "Ana"
    assert fields.day("on") == date(2024, 2, 29)
    assert fields.moment("at") == datetime(2024, 2, 29, 10, tzinfo=UTC)
    assert fields.number("n", least=1, most=5) == 3
    assert fields.code("c", Colour) is Colour.RED
    assert fields.flag("y")
    fields.finish("document_wrong")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "text_expected"),
        ("x" * 201, "text_too_long"),
        ("a\x00b", "text_control_characters"),
        ("a\nb", "text_control_characters"),
        ("a\u202eb", "text_control_characters"),
        (None, "required"),
        ("   ", "required"),
    ],
)
def test_a_wrong_text_is_named(value: JsonValue, code: str) -> None:
    fields = Fields.of({"name": value})
    fields.text("name")
    assert problems(fields) == [("name", code)]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("03/04/2024", "document_date_ambiguous"),
        ("3.4.24", "document_date_ambiguous"),
        ("2024-02-30", "document_date_malformed"),
        ("20240204", "document_date_malformed"),
        ("0024-02-04", "document_date_malformed"),
        ("2024-W05-1", "document_date_malformed"),
        (20240204, "text_expected"),
    ],
)
def test_a_date_that_two_people_could_read_differently_is_refused(value: JsonValue, code: str) -> None:
    fields = Fields.of({"on": value})
    assert fields.day_or_none("on") is None
    assert problems(fields) == [("on", code)]


@pytest.mark.parametrize(
    "value", ["2024-02-29", "2024-02-29T10:00:00", "2024-02-29T10:00:00+01:00", "2024-02-29T25:00:00Z"]
)
def test_a_moment_without_its_zone_or_out_of_the_day_is_refused(value: str) -> None:
    fields = Fields.of({"at": value})
    fields.moment("at")
    assert problems(fields) == [("at", "moment_malformed")]


@pytest.mark.parametrize(
    ("value", "code"),
    [(True, "number_expected"), ("3", "number_expected"), (9, "number_out_of_range"), (None, "required")],
)
def test_a_wrong_number_is_named(value: JsonValue, code: str) -> None:
    fields = Fields.of({"n": value})
    fields.number("n", least=1, most=5)
    assert problems(fields) == [("n", code)]


def test_the_places_of_nested_problems_are_full_paths() -> None:
    fields = Fields.of({"guns": [{"serial": "1"}, {"serial": 2, "colour": "red"}]})
    for gun in fields.children("guns", most=5):
        gun.text("serial")
        gun.close()
    assert problems(fields) == [
        ("guns.1.serial", "text_expected"),
        ("guns.1.colour", "field_unknown"),
    ]


def test_a_missing_object_is_one_problem_and_not_one_per_field_in_it() -> None:
    fields = Fields.of({})
    inner = fields.child("gun")
    inner.text("serial")
    inner.close()
    assert problems(fields) == [("gun", "required")]


def test_finish_raises_once_with_all_problems_and_unknown_fields() -> None:
    fields = Fields.of({"name": 1, "extra": 2, "c": "green", "y": "yes"})
    fields.text("name")
    fields.code("c", Colour)
    fields.flag("y")
    with pytest.raises(Invalid) as refused:
        fields.finish("document_wrong")
    assert refused.value.code == "document_wrong"
    assert [(problem.field, problem.code) for problem in refused.value.fields] == [
        ("name", "text_expected"),
        ("c", "value_unknown"),
        ("y", "yes_or_no_expected"),
        ("extra", "field_unknown"),
    ]


@pytest.mark.parametrize("value", [[], "x", 3, None])
def test_a_document_that_is_no_object_is_refused(value: JsonValue) -> None:
    with pytest.raises(Invalid) as refused:
        Fields.of(value).finish("document_wrong")
    assert refused.value.fields[0].code == "object_expected"


def test_a_document_with_countless_problems_tells_the_first_fifty() -> None:
    fields = Fields.of({f"field{number}": 1 for number in range(500)})
    fields.close()
    assert len(fields.problems) == MOST_PROBLEMS


def test_lists_are_lists_of_objects_and_codes_come_from_their_list() -> None:
    fields = Fields.of({"guns": [1], "many": [{}, {}], "codes": ["red", "green"], "code": "red"})
    assert fields.children("guns", most=5) == []
    assert len(fields.children("many", most=1)) == 1
    assert fields.codes("codes", Colour) == (Colour.RED,)
    assert fields.codes("code", Colour) == ()
    assert problems(fields) == [
        ("guns", "list_expected"),
        ("many", "list_too_long"),
        ("codes", "value_unknown"),
        ("code", "list_expected"),
    ]


def test_a_text_has_the_form_its_field_asks_for() -> None:
    fields = Fields.of({"country": "mexico"})
    fields.text("country", form=re.compile("[A-Z]{2}"))
    assert problems(fields) == [("country", "form_wrong")]


def test_dates_and_moments_are_written_as_they_are_read() -> None:
    assert moment_text(datetime(2024, 2, 29, 10, 0, 0, 999, tzinfo=UTC)) == "2024-02-29T10:00:00Z"
    assert day_text(date(2024, 2, 29)) == "2024-02-29"
    assert day_text(None) is None
