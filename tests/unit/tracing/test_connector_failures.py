"""What passes by itself is tried again, slower each time; the rest goes to a person."""

import pytest

from cotrace.tracing.rules.connector_failures import (
    AFTER,
    DELAYS_S,
    SHORTEST_TOLD_S,
    AfterFailure,
    ConnectorFailure,
    retry_delay_s,
)


def test_every_failure_has_its_consequence() -> None:
    assert set(AFTER) == set(ConnectorFailure)


def test_only_what_may_pass_by_itself_is_tried_again() -> None:
    retried = {failure for failure, after in AFTER.items() if after is AfterFailure.TRY_AGAIN}
    assert retried == {ConnectorFailure.SLOW, ConnectorFailure.UNREACHABLE}


def test_each_try_waits_longer_up_to_an_hour() -> None:
    delays = [retry_delay_s(ConnectorFailure.SLOW, tries=tries) for tries in range(1, 9)]
    assert delays == [*DELAYS_S, 3600, 3600]


def test_a_pending_answer_is_waited_for_as_long_as_it_says() -> None:
    assert retry_delay_s(ConnectorFailure.PENDING, tries=1, told_s=77) == 77


@pytest.mark.parametrize("told_s", [1, 59, 60])
def test_a_licensee_that_asks_for_a_moment_is_not_asked_again_within_the_minute(told_s: int) -> None:
    assert retry_delay_s(ConnectorFailure.PENDING, tries=1, told_s=told_s) == SHORTEST_TOLD_S == 60


def test_a_lie_is_not_asked_again() -> None:
    assert retry_delay_s(ConnectorFailure.SIGNATURE_WRONG, tries=1) is None
