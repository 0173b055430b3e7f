"""The walk always decides, decides the same twice, and always comes to an end."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.answers import (
    AgencyKind,
    Answer,
    Exported,
    GapReason,
    LicenseeRef,
    LossPlace,
    NotInRecords,
    Pending,
    RecordIncomplete,
    SeveralGuns,
    ShippedTo,
    SoldToAgency,
    StolenOrLost,
)
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.rules.trace_view import (
    ACCEPTABLE,
    Acceptance,
    Ask,
    Finish,
    KnownLicensee,
    Role,
    Step,
    TraceView,
    WaitForTracer,
)
from cotrace.tracing.rules.walk import LONGEST_CHAIN, next_step
from tests.unit.tracing.builders import ASKED, GUN, sold

NUMBERS = [f"1-00-000-01-9A-{number:05}" for number in range(6)]
DATES = st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1))
REGISTER = st.builds(
    KnownLicensee,
    number=st.sampled_from(NUMBERS),
    name=st.just("Licensee"),
    role=st.sampled_from(Role),
    is_open=st.booleans(),
    successor=st.none() | st.sampled_from(NUMBERS),
    is_held=st.booleans(),
)
SHIPMENTS = st.builds(
    ShippedTo,
    licensee=st.builds(LicenseeRef, number=st.sampled_from(NUMBERS)),
    shipped_on=DATES,
)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    SHIPMENTS,
    DATES.map(sold),
    st.builds(NotInRecords, same_serial=st.sampled_from([(), (ASKED,)])),
    st.just(SeveralGuns(candidates=(ASKED, ASKED))),
    st.builds(StolenOrLost, place=st.sampled_from(LossPlace), discovered_on=DATES),
    st.builds(Exported, country=st.just("MX"), exported_on=DATES),
    st.builds(SoldToAgency, agency_kind=st.sampled_from(AgencyKind), agency_name=st.just("X")),
    st.builds(RecordIncomplete, reason=st.sampled_from(GapReason)),
    st.just(Pending(retry_after_s=5)),
)
VIEWS = st.builds(
    TraceView,
    gun=st.just(GUN),
    recovered_on=DATES,
    start=st.lists(REGISTER, max_size=2).map(tuple),
    known=st.lists(REGISTER, max_size=6, unique_by=lambda entry: entry.number).map(tuple),
)


@given(VIEWS, st.lists(ANSWERS, max_size=20))
def test_a_trace_that_asks_and_is_answered_comes_to_an_end_within_the_longest_chain(
    trace: TraceView, answers: list[Answer]
) -> None:
    for answer in answers:
        step = next_step(trace)
        assert step == next_step(trace)
        if not isinstance(step, Ask):
            break
        number = len(trace.steps) + 1
        assert number <= LONGEST_CHAIN
        asked = Step(
            number=number, licensee=step.licensee, role=step.role, shipment=step.shipment, answer=answer
        )
        trace = replace(trace, steps=(*trace.steps, asked))


@given(VIEWS, ANSWERS)
def test_nobody_is_asked_who_is_unknown_closed_or_held(trace: TraceView, answer: Answer) -> None:
    first = Step(number=1, licensee=NUMBERS[0], role=Role.MAKER, answer=answer)
    step = next_step(replace(trace, steps=(first,)))
    if isinstance(step, Ask):
        entry = trace.licensee(step.licensee)
        assert entry is not None
        assert entry.is_open
        assert not entry.is_held


@given(VIEWS, ANSWERS)
def test_every_end_has_its_texts(trace: TraceView, answer: Answer) -> None:
    first = Step(number=1, licensee=NUMBERS[0], role=Role.DEALER, answer=answer)
    step = next_step(replace(trace, steps=(first,)))
    if isinstance(step, Finish):
        assert step.outcome in outcome_table()


@given(VIEWS, ANSWERS)
def test_what_a_tracer_has_accepted_is_never_asked_again(trace: TraceView, answer: Answer) -> None:
    first = Step(number=1, licensee=NUMBERS[0], role=Role.DEALER, answer=answer)
    trace = replace(trace, steps=(first,))
    step = next_step(trace)
    if isinstance(step, WaitForTracer) and step.reason in ACCEPTABLE:
        looked_at = frozenset({Acceptance(reason=step.reason, step=step.step)})
        assert next_step(replace(trace, accepted=looked_at)) != step


@given(VIEWS, st.dates(date(2020, 1, 1), date(2025, 1, 1)))
def test_a_chain_never_goes_round_without_getting_later(trace: TraceView, day: date) -> None:
    visits: dict[str, date] = {}
    steps: tuple[Step, ...] = ()
    for number in range(1, LONGEST_CHAIN + 1):
        step = next_step(replace(trace, steps=steps))
        if not isinstance(step, Ask):
            break
        key = licence_key(step.licensee)
        shipped_on = step.shipment.shipped_on if step.shipment else None
        if key in visits:
            assert shipped_on is not None
            assert shipped_on > visits[key]
        visits[key] = shipped_on or date.min
        answer = ShippedTo(
            licensee=LicenseeRef(number=NUMBERS[number % 3]), shipped_on=day + timedelta(days=number // 4)
        )
        steps = (
            *steps,
            Step(
                number=number, licensee=step.licensee, role=step.role, shipment=step.shipment, answer=answer
            ),
        )
