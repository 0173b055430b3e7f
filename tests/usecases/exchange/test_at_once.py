"""Two people at the same moment: one file counts once, and every message has a place of its own."""

import threading
from collections.abc import Callable

from cotrace.exchange.exports import record_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.models import ReceivedMessage, RefusedFile
from cotrace.exchange.rules.envelope import parse_file
from cotrace.foundation import outbox
from cotrace.foundation.errors import CotraceError
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.models import Trace, TraceRequest
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.services.requests import trace_submit
from tests.support.processes import close_connections
from tests.support.world import agencies_exist, agent
from tests.usecases.exchange.letters import MX, US, letter, peer_exists
from tests.usecases.tracing.world import CALL_BACK, centre_exists, document

AT_ONCE = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    """Let several people do the same at the same moment; return what came of it, codes for refusals."""
    ready = threading.Barrier(AT_ONCE)
    came: list[object] = []

    def one(number: int) -> None:
        ready.wait()
        try:
            came.append(act(number))
        except CotraceError as refusal:
            came.append(refusal.code)
        finally:
            close_connections()

    people = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return came


def test_one_file_offered_by_several_people_counts_once(committed) -> None:
    agencies_exist()
    centre_exists()
    peer_exists(MX)
    content = letter()
    came = at_once(lambda number: file_import(agent("ATF", name=f"p{number}"), content=content))
    assert came.count("file_already_received") == AT_ONCE - 1
    assert (Trace.objects.count(), ReceivedMessage.objects.count()) == (1, 1)
    assert RefusedFile.objects.count() == AT_ONCE - 1


def test_messages_that_leave_at_the_same_moment_are_numbered_one_after_the_other(committed) -> None:
    agencies_exist()
    peer_exists(US)
    elsewhere = CentreValues(agency="NTC", call_back=CALL_BACK, installation=US, is_default=True)
    centre_put(installation_principal(), centre=elsewhere)
    asking = agent("FGE-SON")
    numbers = [trace_submit(asking, document=document(f"A-{each}")) for each in range(AT_ONCE)]
    outbox.drain()
    files = at_once(lambda number: record_file(asking, number=numbers[number]).content)
    sequences = sorted(parse_file(each).envelope.sequence for each in files if isinstance(each, bytes))
    assert sequences == [1, 2, 3, 4]


def test_one_request_submitted_by_several_people_is_one_request(committed) -> None:
    agencies_exist()
    centre_exists()
    came = at_once(lambda number: trace_submit(agent("FGE-SON", name=f"p{number}"), document=document()))
    assert came.count("trace_submitted_already") == AT_ONCE - 1
    assert TraceRequest.objects.count() == 1
