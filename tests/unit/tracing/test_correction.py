"""What a person entered can be corrected while the result has not left; what a connector signed never."""

import pytest

from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.rules.correction import act_of_correction, correction_of, is_correctable
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus, after_trace_act

STANDS = [TraceStatus.INQUIRING, TraceStatus.AWAITING_TRACER, TraceStatus.CONCLUDED, TraceStatus.WITHHELD]


@pytest.mark.parametrize("status", STANDS)
def test_a_correction_brings_the_trace_back_to_work_from_wherever_it_stands(status: TraceStatus) -> None:
    assert after_trace_act(status, act_of_correction(status)) is TraceStatus.OPEN


def test_a_concluded_trace_is_reopened_by_it() -> None:
    assert act_of_correction(TraceStatus.CONCLUDED) is TraceAct.REOPEN


@pytest.mark.parametrize("status", [TraceStatus.RELEASED, TraceStatus.CLOSED])
def test_nothing_is_corrected_once_the_result_has_left(status: TraceStatus) -> None:
    with pytest.raises(Refused) as refusal:
        act_of_correction(status)
    assert refusal.value.code == "result_has_left"
    assert not is_correctable(status, state="answered", answered_by="ATF:one")


@pytest.mark.parametrize(
    ("state", "answered_by", "is_possible"),
    [("answered", "ATF:one", True), ("answered", "", False), ("open", "", False), ("failed", "ATF:one", False)],
)
def test_only_an_answer_that_a_person_entered_is_corrected(state: str, answered_by: str, is_possible: bool) -> None:
    assert is_correctable(TraceStatus.CONCLUDED, state=state, answered_by=answered_by) is is_possible


def test_a_correction_travels_as_note_and_answer_and_nothing_else() -> None:
    read = correction_of({"note": "Read out wrongly.", "answer": {"kind": "exported"}})
    assert (read.note, read.answer) == ("Read out wrongly.", {"kind": "exported"})
    with pytest.raises(Invalid) as refusal:
        correction_of({"note": 7, "answer": [], "colour": "blue"})
    assert {each.field for each in refusal.value.fields} == {"note", "answer", "colour"}
