"""Requests and traces move only along their tables."""

import pytest

from cotrace.foundation.errors import Refused
from cotrace.tracing.reads.tables import status_table
from cotrace.tracing.rules.statuses import (
    REQUEST_TRANSITIONS,
    TRACE_TRANSITIONS,
    RequestAct,
    RequestStatus,
    ShownAs,
    StatusObject,
    TraceAct,
    TraceStatus,
    after_request_act,
    after_trace_act,
    request_acts,
    trace_acts,
)


def test_the_usual_life_of_a_request_leads_from_draft_to_completed() -> None:
    status = RequestStatus.DRAFT
    for act in (
        RequestAct.SUBMIT,
        RequestAct.ACCEPT,
        RequestAct.INQUIRE,
        RequestAct.LICENSEE_ANSWERED,
        RequestAct.COMPLETE,
    ):
        status = after_request_act(status, act)
    assert status is RequestStatus.COMPLETED


def test_a_completed_request_can_only_be_reopened() -> None:
    assert request_acts(RequestStatus.COMPLETED) == (RequestAct.REOPEN,)
    with pytest.raises(Refused) as refused:
        after_request_act(RequestStatus.COMPLETED, RequestAct.CANCEL)
    assert refused.value.code == "trace_request_act_not_now"
    assert refused.value.params == {"status": "completed", "act": "cancel"}


def test_a_cancelled_request_is_left_alone() -> None:
    assert request_acts(RequestStatus.CANCELLED) == ()


def test_a_duplicate_is_answered_with_its_master() -> None:
    linked = after_request_act(RequestStatus.SUBMITTED, RequestAct.LINK_DUPLICATE)
    assert after_request_act(linked, RequestAct.COMPLETE) is RequestStatus.COMPLETED


def test_a_result_leaves_only_by_release_after_the_conclusion() -> None:
    releasable = [status for status, act in TRACE_TRANSITIONS if act is TraceAct.RELEASE]
    assert set(releasable) == {TraceStatus.CONCLUDED, TraceStatus.WITHHELD}
    with pytest.raises(Refused):
        after_trace_act(TraceStatus.OPEN, TraceAct.RELEASE)


def test_a_closed_trace_is_left_alone() -> None:
    assert trace_acts(TraceStatus.CLOSED) == ()


def test_every_status_can_be_reached() -> None:
    reached = set(REQUEST_TRANSITIONS.values()) | {RequestStatus.DRAFT}
    assert reached == set(RequestStatus)
    assert set(TRACE_TRANSITIONS.values()) | {TraceStatus.OPEN} == set(TraceStatus)


def test_every_status_has_its_texts_and_no_text_is_left_over() -> None:
    expected = {(StatusObject.REQUEST, status.value) for status in RequestStatus}
    expected |= {(StatusObject.TRACE, status.value) for status in TraceStatus}
    assert set(status_table()) == expected


def test_the_requester_sees_a_result_only_when_there_is_one() -> None:
    shown = {key for key, status in status_table().items() if status.shown_as is ShownAs.RESULT}
    assert shown == {(StatusObject.REQUEST, "completed"), (StatusObject.TRACE, "released")}
