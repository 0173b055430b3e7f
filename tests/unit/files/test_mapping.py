"""What a mapping file may say, and how its mistakes are reported."""

import pytest

from cotrace.files.rules.mapping import TableMapping, code_lists_needed, parse_mapping
from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import Invalid

HEAD = "name: a\ntitle_en: A\ntitle_es: A\nsource: here\n"


def problems(text: str) -> set[tuple[str, str]]:
    """Parse a mapping that is wrong; return places and codes."""
    with pytest.raises(Invalid) as caught:
        parse_mapping(HEAD + text)
    assert caught.value.code == "mapping_invalid"
    return {(problem.field, problem.code) for problem in caught.value.fields}


def parsed(fields: str, rest: str = "") -> TableMapping:
    """Parse a mapping with these fields."""
    return parse_mapping(f"{HEAD}fields: [{fields}]\n{rest}")


def test_scalars_are_text_until_the_schema_says_otherwise() -> None:
    mapping = parsed(
        '{name: a, kind: code, columns: [NO], codes: {01: yes, 08: "no"}, required: true, width: 02}'
    )
    (field,) = mapping.fields
    assert (field.columns, field.codes, field.required, field.width) == (
        ("NO",),
        {"01": "yes", "08": "no"},
        True,
        2,
    )


def test_sentinels_carry_reasons() -> None:
    mapping = parsed("{name: a, kind: integer, columns: [A]}", 'sentinels: {"9999": undetermined}')
    assert mapping.sentinels == {"9999": Reason.UNDETERMINED}


def test_the_code_lists_that_are_needed_are_told() -> None:
    mapping = parsed(
        "{name: a, kind: code, columns: [A], code_list: states}",
        "companions: [{name: b, joins: a, key: {name: k, kind: text, columns: [K]}, "
        "value: {name: v, kind: code, columns: [V], code_list: forces}}]",
    )
    assert code_lists_needed(mapping) == {"states", "forces"}


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ("{name: a, kind: number, columns: [A]}", "fields.0.kind", "mapping_value_wrong"),
        ("{name: A b, kind: text, columns: [A]}", "fields.0.name", "mapping_value_wrong"),
        ("{name: a, columns: [A]}", "fields.0.kind", "mapping_key_missing"),
        ("{name: a, kind: text, column: [A]}", "fields.0.column", "mapping_key_unknown"),
        ("{name: a, kind: text, columns: A}", "fields.0.columns", "mapping_value_wrong"),
        (
            "{name: a, kind: text, columns: [A], required: perhaps}",
            "fields.0.required",
            "mapping_value_wrong",
        ),
        (
            "{name: a, kind: text, columns: [A], sentinels: {x: why}}",
            "fields.0.sentinels.x",
            "mapping_value_wrong",
        ),
        ("{name: a, kind: text}", "fields.0", "mapping_source_unclear"),
        ("{name: a, kind: text, columns: [A], constant: x}", "fields.0", "mapping_source_unclear"),
        ("{name: a, kind: date, day: [D], month: [M]}", "fields.0", "mapping_source_unclear"),
        ("{name: a, kind: text, day: [D], month: [M], year: [Y]}", "fields.0", "mapping_source_unclear"),
        ("{name: a, kind: code, columns: [A], prefix: b}", "fields.0.prefix", "mapping_field_unknown"),
        ("{name: a, kind: code, columns: [A], within: a}", "fields.0.within", "mapping_field_unknown"),
        (
            "{name: a, kind: text, columns: [A]}, {name: a, kind: text, columns: [B]}",
            "fields.1.name",
            "mapping_field_twice",
        ),
        (
            "{name: a, kind: text, columns: [Año]}, {name: b, kind: text, columns: [ANO]}",
            "Año",
            "mapping_column_twice",
        ),
    ],
)
def test_a_mistake_in_a_field_is_placed(fields: str, place: str, code: str) -> None:
    assert (place, code) in problems(f"fields: [{fields}]")


@pytest.mark.parametrize(
    ("rest", "place", "code"),
    [
        ("identity: [b]", "identity.0", "mapping_field_unknown"),
        ("ignored: {a: twice}", "A", "mapping_column_twice"),
        ("colour: red", "colour", "mapping_key_unknown"),
        (
            "companions: [{name: a, joins: b, key: {name: k, kind: text}, value: {name: v, kind: text, columns: [V]}}]",
            "companions.0.joins",
            "mapping_field_unknown",
        ),
    ],
)
def test_a_mistake_elsewhere_is_placed(rest: str, place: str, code: str) -> None:
    assert (place, code) in problems(f"fields: [{{name: a, kind: text, columns: [A]}}]\n{rest}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "mapping_not_yaml"),
        ("a: \x00", "mapping_not_text"),
        ("a: &x [1]\nb: *x", "mapping_alias"),
        ("a: 1\na: 2", "mapping_key_twice"),
        ("!!python/object/apply:os.system [id]", "mapping_invalid"),
        ("", "mapping_invalid"),
        ("- a", "mapping_invalid"),
    ],
)
def test_what_is_no_mapping_at_all_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_mapping(text)
    assert caught.value.code == code
