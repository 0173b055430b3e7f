"""Every field of a request's parts has its label, in both languages."""

from dataclasses import fields

import pytest
from django.utils.translation import override

from cotrace.tracing.reads.labels import FIELDS
from cotrace.tracing.reads.request_labels import KNOWN, PARTS
from cotrace.tracing.rules.request_people import Person, RequestingAgency, Submitter
from cotrace.tracing.rules.request_recovery import (
    Circumstances,
    Custody,
    Known,
    Recovery,
    Restoration,
    StolenCheck,
)

NAMES = {"person.family_names", "person.given_names"}
"""Shown together, as one name."""
AS_DOCUMENTS_SAY = {"recovery.recovered_on": "recovery.date"}


@pytest.mark.parametrize(
    ("part", "holds"),
    [
        ("agency", RequestingAgency),
        ("recovery", Recovery),
        ("custody", Custody),
        ("stolen_check", StolenCheck),
        ("restoration", Restoration),
        ("circumstances", Circumstances),
        ("submitter", Submitter),
        ("person", Person),
    ],
)
def test_each_field_of_a_part_has_a_label(part: str, holds: type) -> None:
    places = {AS_DOCUMENTS_SAY.get(place, place) for place in (f"{part}.{each.name}" for each in fields(holds))}
    assert places - NAMES <= set(FIELDS)


def test_each_label_has_its_spanish() -> None:
    said = {}
    for language in ("en", "es"):
        with override(language):
            said[language] = {place: str(label) for place, label in PARTS.items()}
    same = {place for place, label in said["en"].items() if said["es"][place] == label}
    assert same == {"agency.fax", "person.alias"}


def test_each_answer_to_a_circumstance_has_words() -> None:
    assert set(KNOWN) == set(Known)
