"""Requests are listed by the moment of their submission, newest first, also within a day and across pages."""

from datetime import timedelta

import pytest

from cotrace.foundation import clock
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.holdings import holding_replace
from cotrace.tracing.models import TraceRequest
from cotrace.tracing.selectors.requests import request_list
from tests.support.world import agencies_exist, agent, memorandum
from tests.usecases.tracing.world import centre_exists, submit

pytestmark = pytest.mark.django_db
ASKING = agent("FGE-SON")
GAPS_MINUTES = (0, 1, 2, 3, 60, 24 * 60, 24 * 60 + 1, 24 * 60 + 2, 72 * 60)


@pytest.fixture
def submitted(db, stopped_clock) -> list[str]:
    """Requests of four days, the oldest first."""
    agencies_exist()
    centre_exists()
    numbers = []
    for place, minutes in enumerate(GAPS_MINUTES):
        with clock.frozen_at(stopped_clock - timedelta(days=4) + timedelta(minutes=minutes)):
            numbers.append(submit(f"ORDER-{place}"))
    return numbers


def pages(size: int, *, reader=ASKING) -> list[list[str]]:
    found, at = [], ""
    while True:
        page = request_list(reader, at=at, size=size)
        found.append([each.number for each in page.rows])
        if not page.older:
            return found
        at = page.older


@pytest.mark.parametrize("size", [1, 2, 3, 4, 20])
def test_the_newest_comes_first_whatever_the_size_of_a_page(submitted, size) -> None:
    assert [number for page in pages(size) for number in page] == submitted[::-1]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_going_back_shows_the_same_pages_rows(submitted, size) -> None:
    at = ""
    while older := request_list(ASKING, at=at, size=size).older:
        at = older
    shown = [each.number for each in request_list(ASKING, at=at, size=size).rows]
    while newer := request_list(ASKING, at=at, size=size).newer:
        at = newer
        shown = [*(each.number for each in request_list(ASKING, at=at, size=size).rows), *shown]
    assert shown == submitted[::-1]


def test_a_cursor_that_names_a_hidden_request_says_as_little_as_one_that_names_none(submitted) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.TEAR_LINE)
    hidden = TraceRequest.objects.get(pk=submitted[2])
    holding_replace(ASKING, number=hidden.pk, cap=Level.NOTHING, circle="")
    day = hidden.holding.sort_on.isoformat()
    answers = [
        [each.number for each in request_list(agent("ICE"), at=f"{way}{day}~{number}", size=3).rows]
        for way in "fb"
        for number in (hidden.pk, "TR-TEST-0000-0000-0000")
    ]
    assert answers[0] == answers[1] and answers[2] == answers[3]
    assert hidden.pk not in answers[0] and len(answers[0]) == 3
