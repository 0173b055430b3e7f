"""A trace request document, written and read, is the same request."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.rules.canonical import JsonLimits, canonical_bytes, parse_canonical
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import (
    Priority,
    TraceRequestDocument,
    parse_request,
    request_to_json,
)
from cotrace.tracing.rules.request_people import (
    Height,
    Identity,
    LengthUnit,
    Person,
    PersonAddress,
    RequestingAgency,
    Submitter,
)
from cotrace.tracing.rules.request_recovery import (
    Circumstances,
    Custody,
    Known,
    Recovery,
    Restoration,
    StolenCheck,
    StolenCheckResult,
)

LIMITS = JsonLimits()
LINES = (
    st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x24F), max_size=30)
    .map(lambda text: text.strip())
    .filter(bool)
)
MAYBE = st.none() | LINES
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
COUNTRIES = st.none() | st.sampled_from(["US", "MX", "AT"])
PEOPLE = st.builds(
    Person,
    family_names=LINES,
    given_names=MAYBE,
    birth_date=DAYS,
    alias=MAYBE,
    height=st.none() | st.builds(Height, value=st.integers(10, 260), unit=st.sampled_from(LengthUnit)),
    address=st.none() | st.builds(PersonAddress, street=MAYBE, neighbourhood=MAYBE, country=COUNTRIES),
    identities=st.lists(st.builds(Identity, kind=LINES, number=LINES, issuer=MAYBE), max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    TraceRequestDocument,
    gun=st.builds(
        GunDescription,
        serial=MAYBE,
        serial_condition=st.sampled_from(SerialCondition),
        make=MAYBE,
        model=MAYBE,
        calibre=MAYBE,
        type_code=st.none() | st.sampled_from(["P", "PI"]),
        country_of_origin=COUNTRIES,
        importer=MAYBE,
        importer_mark=st.sampled_from(ImporterMark),
        is_privately_made=st.booleans(),
    ),
    agency=st.builds(RequestingAgency, case_number=MAYBE, officer_name=MAYBE, email=MAYBE),
    recovery=st.builds(Recovery, recovered_on=DAYS, city=MAYBE, state=MAYBE, country=COUNTRIES),
    priority=st.sampled_from(Priority),
    justification=MAYBE,
    crime_code=st.none() | st.just("5212"),
    possessor=st.none() | PEOPLE,
    associates=st.lists(PEOPLE, max_size=3).map(tuple),
    custody=st.none() | st.builds(Custody, holder=MAYBE, vault=MAYBE, handed_over_on=DAYS),
    restoration=st.none() | st.builds(Restoration, method=MAYBE, examined_on=DAYS),
    circumstances=st.none() | st.builds(Circumstances, arrest_made=st.none() | st.sampled_from(Known)),
    submitter=st.none() | st.builds(Submitter, agency=LINES, officer_name=MAYBE),
    stolen_check=st.none() | st.builds(StolenCheck, result=st.sampled_from(StolenCheckResult), system=MAYBE),
    is_criminal_investigation=st.booleans(),
)


@given(DOCUMENTS)
def test_a_request_survives_writing_signing_form_and_reading(document: TraceRequestDocument) -> None:
    raw = canonical_bytes(request_to_json(document))
    assert parse_request(parse_canonical(raw, limits=LIMITS)) == document


@given(DOCUMENTS)
def test_no_request_is_too_strange_to_be_told_what_it_lacks(document: TraceRequestDocument) -> None:
    problems = request_problems(document, today=date(2026, 3, 2))
    assert all(problem.field and problem.code for problem in problems)
    assert document.is_criminal_investigation or problems
