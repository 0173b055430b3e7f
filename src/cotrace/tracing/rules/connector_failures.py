"""What can go wrong when a connector is asked, and what happens then.

Decides which failures are tried again by themselves and after how long, and which a person looks at.
Source: docs/connector-protocol.md section 9. Tests: tests/unit/tracing/test_connector_failures.py.
"""

from enum import StrEnum


class ConnectorFailure(StrEnum):
    """The stable codes of a failed inquiry."""

    SLOW = "connector_slow"
    UNREACHABLE = "connector_unreachable"
    REDIRECTED = "connector_redirected"
    ANSWER_TOO_LARGE = "connector_answer_too_large"
    ANSWER_MALFORMED = "connector_answer_malformed"
    SIGNATURE_WRONG = "connector_signature_wrong"
    ANSWER_MISMATCH = "connector_answer_mismatch"
    ANSWERED_TWICE = "connector_answered_twice"
    REFUSED = "connector_refused"
    ADDRESS_REFUSED = "connector_address_refused"
    PENDING = "connector_pending"


class AfterFailure(StrEnum):
    """What the centre does after a failure."""

    TRY_AGAIN = "try_again"
    WAIT_AS_TOLD = "wait_as_told"
    ASK_A_PERSON = "ask_a_person"


AFTER: dict[ConnectorFailure, AfterFailure] = {
    ConnectorFailure.SLOW: AfterFailure.TRY_AGAIN,
    ConnectorFailure.UNREACHABLE: AfterFailure.TRY_AGAIN,
    ConnectorFailure.REDIRECTED: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.ANSWER_TOO_LARGE: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.ANSWER_MALFORMED: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.SIGNATURE_WRONG: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.ANSWER_MISMATCH: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.ANSWERED_TWICE: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.REFUSED: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.ADDRESS_REFUSED: AfterFailure.ASK_A_PERSON,
    ConnectorFailure.PENDING: AfterFailure.WAIT_AS_TOLD,
}

DELAYS_S = (5, 30, 120, 600, 1800, 3600)
SHORTEST_TOLD_S = 60
"""A licensee that asks for more time is not asked again sooner, so that it cannot drive calls and the log."""


def retry_delay_s(failure: ConnectorFailure, *, tries: int, told_s: int | None = None) -> int | None:
    """Say after how many seconds to repeat an inquiry that failed `tries` times; None: a person looks.

    `told_s` is the wait a pending answer asked for. Failures that pass by themselves are tried again
    until the inquiry's time is over, which the caller knows.
    """
    match AFTER[failure]:
        case AfterFailure.ASK_A_PERSON:
            return None
        case AfterFailure.WAIT_AS_TOLD:
            return max(told_s, SHORTEST_TOLD_S) if told_s else DELAYS_S[-1]
        case AfterFailure.TRY_AGAIN:
            return DELAYS_S[min(max(tries, 1), len(DELAYS_S)) - 1]
