"""The queue in its order, page by page; what its views count; what waits for whoever releases results."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.foundation import clock, outbox
from cotrace.tracing.models import Trace
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.rules.queue_order import place_of
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors import queue
from cotrace.tracing.selectors.queue import QueueFilter, queue_tallies, results_waiting, trace_queue
from tests.support.world import agencies_exist, agent, without
from tests.usecases.tracing.world import centre_exists, submit, tracer

pytestmark = pytest.mark.django_db
STATES = list(product(TraceStatus, Priority))


@pytest.fixture(autouse=True)
def world(db) -> None:
    agencies_exist()
    centre_exists()


def traced(serial: str, **state: object) -> str:
    request = submit(serial)
    outbox.drain()
    rows = Trace.objects.filter(sources__request=request)
    rows.update(**state)
    return str(rows.get().pk)


@pytest.fixture
def every_state(stopped_clock) -> list[str]:
    """One trace in every state there is, each a minute younger than the one before."""
    made = []
    for place, (status, priority) in enumerate(STATES):
        opened_at = stopped_clock - timedelta(days=1) + timedelta(minutes=place)
        made.append(traced(f"ORDER-{place}", status=status, priority=priority, opened_at=opened_at))
    return made


def pages(**where: object) -> Iterator[list[str]]:
    at = ""
    while True:
        page = trace_queue(tracer(), where=QueueFilter(**where), at=at)  # type: ignore[arg-type]
        yield [row.number for row in page.rows]
        at = page.later
        if not at:
            return


def test_the_database_places_every_trace_as_the_rules_do_also_after_a_change(every_state) -> None:
    def placed() -> set[tuple[str, str, int]]:
        return set(Trace.objects.values_list("status", "priority", "queue_place"))

    assert placed() == {(status, priority, place_of(status, priority)) for status, priority in STATES}
    Trace.objects.update(status=TraceStatus.WITHHELD)
    assert {place for _status, _priority, place in placed()} == {place_of(TraceStatus.WITHHELD, Priority.URGENT)}


def test_urgent_ones_come_first_then_those_that_wait_for_a_person_withheld_ones_last(every_state, monkeypatch) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 3)
    found = list(pages())
    read = [STATES[every_state.index(number)] for page in found for number in page]
    urgent = [(each, Priority.URGENT) for each in (
        TraceStatus.OPEN, TraceStatus.INQUIRING, TraceStatus.AWAITING_TRACER, TraceStatus.CONCLUDED
    )]  # fmt: skip
    assert read == [
        *urgent,
        (TraceStatus.AWAITING_TRACER, Priority.ROUTINE),
        (TraceStatus.CONCLUDED, Priority.ROUTINE),
        (TraceStatus.OPEN, Priority.ROUTINE),
        (TraceStatus.INQUIRING, Priority.ROUTINE),
        (TraceStatus.WITHHELD, Priority.ROUTINE),
        (TraceStatus.WITHHELD, Priority.URGENT),
    ]
    assert [len(page) for page in found] == [3, 3, 3, 1]


@pytest.mark.parametrize("where", [{}, {"status": TraceStatus.CONCLUDED}, {"is_unassigned": True}, {"has_finished": True}])
def test_however_small_the_pages_each_trace_comes_once_and_in_the_same_order(every_state, monkeypatch, where) -> None:
    whole = [number for page in pages(**where) for number in page]
    monkeypatch.setattr(queue, "PAGE_SIZE", 1)
    Trace.objects.update(opened_at=clock.now())
    single = [number for page in pages(**where) for number in page]
    assert len(single) == len(set(single)) and set(single) == set(whole)


@pytest.mark.parametrize("at", ["", "~", "9~2026-01-01T00:00:00+00:00~TC-1", "1~2026-01-01T00:00:00~TC-1", "x~y~z"])
def test_a_cursor_that_cannot_be_read_begins_at_the_beginning(at: str) -> None:
    number = traced("A-1")
    assert [row.number for row in trace_queue(tracer(), where=QueueFilter(), at=at).rows] == [number]


@pytest.mark.parametrize(
    ("where", "index"), [({}, "traces_in_queue"), ({"status": TraceStatus.CONCLUDED}, "traces_of_status")]
)
def test_a_page_of_the_queue_reads_an_index_in_its_order_and_sorts_nothing(where, index: str) -> None:
    traced("A-1")
    with CaptureQueriesContext(connection) as asked:
        trace_queue(tracer(), where=QueueFilter(**where))
    page = next(each["sql"] for each in asked if "queue_place" in each["sql"] and "ORDER BY" in each["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {page}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {page}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert index in plan and "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_the_views_of_the_queue_are_counted_with_one_question(every_state) -> None:
    Trace.objects.filter(pk=every_state[0]).update(taken_by=tracer().id)
    tallies = queue_tallies(tracer())
    assert (tallies.unfinished.number, tallies.mine.number, tallies.unassigned.number) == (10, 1, 9)
    assert tallies.urgent.number == 5
    counted = {status: tallies.of_status[status].number for status in TraceStatus}
    assert counted == {each: 0 if each in (TraceStatus.RELEASED, TraceStatus.CLOSED) else 2 for each in TraceStatus}
    assert queue_tallies(agent("FGR")).unfinished.number == 0
    with CaptureQueriesContext(connection) as few:
        queue_tallies(tracer())
    traced("ONE-MORE")
    with CaptureQueriesContext(connection) as more:
        queue_tallies(tracer())
    assert len(more) == len(few)


def test_a_count_that_stops_says_at_least(every_state, monkeypatch) -> None:
    monkeypatch.setattr(queue, "COUNT_CAP", 4)
    tallies = queue_tallies(tracer())
    assert (tallies.unfinished.number, tallies.unfinished.is_capped, tallies.urgent.is_capped) == (4, True, True)


def test_whoever_releases_is_told_what_waits_and_by_when(every_state) -> None:
    Trace.objects.filter(pk=every_state[STATES.index((TraceStatus.WITHHELD, Priority.URGENT))]).update(
        review_on=date(2026, 11, 28)
    )
    waiting = results_waiting(tracer())
    assert (waiting.to_release.number, waiting.withheld.number, waiting.review_on) == (2, 2, date(2026, 11, 28))


def test_nobody_else_is_told_anything(every_state) -> None:
    others = [
        without(tracer(), TracePermission.RELEASE),
        agent("FGR"),
        replace(tracer(), agency="FGE-SON", id="FGE-SON:one"),
    ]
    for each in others:
        waiting = results_waiting(each)
        assert (waiting.to_release.number, waiting.withheld.number, waiting.review_on) == (0, 0, None)
