"""A trace request document, written and read, is the same request."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.rules.canonical import JsonLimits, canonical_bytes, parse_canonical
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import (
    Possessor,
    Priority,
    Recovery,
    RequestingAgency,
    StolenCheck,
    StolenCheckResult,
    TraceRequestDocument,
    parse_request,
    request_to_json,
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
    possessor=st.none() | st.builds(Possessor, family_names=LINES, given_names=MAYBE, birth_date=DAYS),
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
