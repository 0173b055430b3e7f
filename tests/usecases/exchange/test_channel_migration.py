"""An installation that exchanged files before channels had names goes on: nothing is renumbered, nothing taken twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cotrace.config.migrate import as_owner
from cotrace.exchange.models import SentMessage

BEFORE, AFTER = ("exchange", "0001_initial"), ("exchange", "0003_when_messages_were_noted")
NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def migrate_to(target: tuple[str, str]) -> object:
    """Bring the tables to a state and return the models as they were then."""
    with as_owner():
        executor = MigrationExecutor(connection)
        executor.migrate([target])
        return executor.loader.project_state([target]).apps


@pytest.fixture
def old(committed) -> object:
    return migrate_to(BEFORE)


def write_old_messages(old) -> None:
    with as_owner():
        old.get_model("exchange", "Peer").objects.create(code="us1", name="US", agreement="M-1", changed_at=NOON)
        sent = old.get_model("exchange", "SentMessage").objects
        for place, agency in ((1, "FGR"), (2, "FGE-SON")):
            at = NOON + timedelta(hours=place)
            sent.create(
                peer_id="us1", agency=agency, kind="trace_request", record=f"TR-{place}", message=f"TR-{place}_1",
                state="sent", sequence=place, created_at=at, expires_at=at + timedelta(days=30), digest="ab",
            )  # fmt: skip
        sent.create(
            peer_id="us1", agency="FGR", kind="trace_request", record="TR-3", message="TR-3_1", state="waiting"
        )
        old.get_model("exchange", "ReceivedMessage").objects.create(
            peer_id="us1", agency="FGR", kind="trace_result", message="TC-1_1", sequence=4, digest="cd",
            disposition="accepted", taken_by="x", received_at=NOON,
        )  # fmt: skip


def test_what_was_sent_keeps_its_number_and_says_when_it_was_noted(old) -> None:
    write_old_messages(old)
    migrate_to(AFTER)
    rows = list(SentMessage.objects.order_by("pk"))
    assert [(row.channel, row.sequence) for row in rows] == [("", 1), ("", 2), ("", None)]
    assert [row.noted_at for row in rows[:2]] == [NOON + timedelta(hours=1), NOON + timedelta(hours=2)]
    assert abs(rows[2].noted_at - datetime.now(UTC)) < timedelta(hours=1)


def test_two_old_messages_under_one_number_were_never_possible_and_still_are_not(old) -> None:
    from django.db.utils import IntegrityError

    write_old_messages(old)
    migrate_to(AFTER)
    twin = SentMessage.objects.get(sequence=2)
    twin.pk, twin.message, twin.agency = None, "TR-9_1", "ICE"
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)
