"""The centre asks a real connector over a real connection, and gets one answer for one inquiry."""

import json
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cotrace.foundation.errors import Refused
from cotrace.tracing.imports.connector import SignedAnswer, ask
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.answers import NotInRecords, SoldToPurchaser
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.inquiry import Inquiry
from tests.functional.tracing.harness import (
    FAST,
    RECORDS,
    Desk,
    Running,
    fresh_inquiry,
    open_desk,
    running,
    start_fails,
    write_book,
)
from tests.unit.tracing.builders import ASKED, WHOLESALER

PATIENT = replace(FAST, connect_s=5.0, read_s=10.0, total_s=20.0)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path)


def put(desk: Desk, connector: Running, question: Inquiry, earlier: bytes | None = None) -> SignedAnswer:
    return ask(
        desk.connector(connector.port),
        question,
        signer=desk.centre,
        limits=PATIENT,
        now=datetime.now(UTC),
        earlier=earlier,
    )


def failure(desk: Desk, connector: Running, question: Inquiry) -> ConnectorFailed:
    with pytest.raises(ConnectorFailed) as failed:
        put(desk, connector, question)
    return failed.value


def logged(desk: Desk) -> list[dict[str, str]]:
    return [json.loads(line) for line in desk.log.read_text("utf-8").splitlines()]


def test_a_dealer_names_the_purchaser_of_the_gun_it_is_asked_for(desk: Desk) -> None:
    with running(desk) as connector:
        found = put(desk, connector, fresh_inquiry())
    assert isinstance(found.answer.answer, SoldToPurchaser)
    assert found.answer.answer.purchaser.family_names == "Núñez Lund"
    assert found.answer.gun == ASKED


def test_a_gun_the_dealer_never_had_is_not_in_its_records(desk: Desk) -> None:
    with running(desk) as connector:
        found = put(desk, connector, fresh_inquiry(gun=replace(ASKED, serial="NONE-1")))
    assert found.answer.answer == NotInRecords()


def test_a_repeated_inquiry_gets_the_same_bytes_and_an_entry_in_the_log(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk) as connector:
        first = put(desk, connector, question)
        second = put(desk, connector, question, earlier=first.body)
    assert (second.body, second.signature) == (first.body, first.signature)
    assert [line["event"] for line in logged(desk)] == ["answered", "repeated"]


def test_the_same_bytes_come_back_after_the_connector_was_killed_and_its_book_changed(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk) as connector:
        first = put(desk, connector, question)
        connector.kill()
    write_book(desk.home / "book.csv", ({**RECORDS[0], "family_names": "Somebody Else"},))
    with running(desk) as connector:
        assert put(desk, connector, question).body == first.body


def test_killed_at_any_moment_no_inquiry_ever_gets_two_answers(desk: Desk) -> None:
    questions = [fresh_inquiry() for _ in range(40)]
    first: dict[str, bytes] = {}
    for round_number in range(3):
        with running(desk) as connector:
            stop = threading.Timer(0.05 + 0.05 * round_number, connector.kill)
            stop.start()
            for question in questions:
                try:
                    found = put(desk, connector, question)
                except ConnectorFailed as failed:
                    assert failed.failure is ConnectorFailure.UNREACHABLE
                    break
                assert first.setdefault(question.inquiry_id, found.body) == found.body
            stop.join()
    with running(desk) as connector:
        for question in questions:
            found = put(desk, connector, question)
            assert first.setdefault(question.inquiry_id, found.body) == found.body
    answered = [line["inquiry_id"] for line in logged(desk) if line["event"] == "answered"]
    assert sorted(answered) == sorted(first)


def test_a_line_torn_by_a_crash_is_cut_off_and_the_connector_starts(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk) as connector:
        first = put(desk, connector, question)
    whole = desk.log.read_bytes()
    desk.log.write_bytes(whole + whole[: len(whole) // 2])
    with running(desk) as connector:
        assert put(desk, connector, question).body == first.body
    assert [line["event"] for line in logged(desk)] == ["answered", "repeated"]


def test_a_damaged_log_stops_the_start_and_names_the_line(desk: Desk) -> None:
    with running(desk) as connector:
        put(desk, connector, fresh_inquiry())
    desk.log.write_bytes(b"rubbish\n" + desk.log.read_bytes())
    assert start_fails(desk).endswith("log_damaged")


def test_two_connectors_cannot_share_a_log(desk: Desk) -> None:
    with running(desk):
        assert start_fails(desk).endswith("log_in_use")


def test_fifty_inquiries_in_flight_are_all_answered_rightly(desk: Desk) -> None:
    questions = [fresh_inquiry() for _ in range(50)]
    with running(desk) as connector, ThreadPoolExecutor(50) as pool:
        started = time.monotonic()
        found = list(pool.map(lambda question: put(desk, connector, question), questions))
        elapsed_s = time.monotonic() - started
    assert [item.answer.inquiry_id for item in found] == [item.inquiry_id for item in questions]
    assert elapsed_s < 20


def test_one_inquiry_asked_fifty_times_at_once_is_answered_once(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk) as connector, ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda _: put(desk, connector, question).body, range(50)))
    assert len(set(found)) == 1
    assert [line["event"] for line in logged(desk)].count("answered") == 1


def test_a_line_that_needs_time_is_pending_and_not_yet_an_answer(desk: Desk) -> None:
    question = fresh_inquiry(gun=replace(ASKED, serial="WAIT-1"))
    with running(desk) as connector:
        failed = failure(desk, connector, question)
    assert failed.failure is ConnectorFailure.PENDING
    assert failed.retry_after_s == 900
    write_book(desk.home / "book.csv", ({**RECORDS[0], "serial": "WAIT-1"},))
    with running(desk) as connector:
        assert isinstance(put(desk, connector, question).answer.answer, SoldToPurchaser)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"licensee": WHOLESALER.number}, "not_addressed_here"),
        ({"issued_at": datetime.now(UTC) + timedelta(hours=1)}, "clock_out_of_step"),
        ({"issued_at": datetime.now(UTC) - timedelta(days=30)}, "inquiry_life_too_long"),
    ],
)
def test_an_inquiry_the_connector_may_not_answer_is_refused_with_its_reason(
    desk: Desk, changes: dict[str, object], reason: str
) -> None:
    with running(desk) as connector:
        failed = failure(desk, connector, fresh_inquiry(**changes))
    assert failed.failure is ConnectorFailure.REFUSED
    assert failed.params["reason"] == reason
    assert [line["code"] for line in logged(desk)] == [reason]


def test_an_inquiry_id_with_another_gun_is_refused(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk) as connector:
        put(desk, connector, question)
        other = replace(question, gun=replace(ASKED, serial="XYZ"))
        failed = failure(desk, connector, other)
    assert failed.params["reason"] == "inquiry_id_reused"


def test_an_inquiry_whose_time_is_over_is_not_even_sent(desk: Desk) -> None:
    over = datetime.now(UTC) - timedelta(seconds=1)
    question = fresh_inquiry(issued_at=over - timedelta(days=1), expires_at=over)
    with running(desk) as connector, pytest.raises(Refused) as refused:
        put(desk, connector, question)
    assert refused.value.code == "inquiry_time_over"
    assert desk.log.read_bytes() == b""


def test_a_full_disk_gives_no_answer_rather_than_one_that_could_change(desk: Desk) -> None:
    question = fresh_inquiry()
    with running(desk, largest_file=10) as connector:
        assert failure(desk, connector, question).failure is ConnectorFailure.UNREACHABLE
        assert desk.log.read_bytes() == b""
    with running(desk) as connector:
        first = put(desk, connector, question)
        assert put(desk, connector, question).body == first.body


def test_the_log_and_the_private_key_are_for_their_owner_alone(desk: Desk) -> None:
    with running(desk) as connector:
        put(desk, connector, fresh_inquiry())
    for path in (desk.log, desk.home / "dealer.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_connector_stops_when_it_is_told_to(desk: Desk) -> None:
    with running(desk) as connector:
        connector.process.terminate()
        assert connector.process.wait(timeout=10) == 0
