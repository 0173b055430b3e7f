"""Whoever changes the log is found out, also a database administrator who dropped the triggers first."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cotrace.audit.models import AuditEvent, AuditHead, AuditSeal
from cotrace.audit.rules.chain import link_hash
from cotrace.audit.services import record
from cotrace.audit.services.heads import heads_sign, heads_sign_when_due, round_fetch, rounds_export
from cotrace.audit.services.purge import detail_purge
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import _links, verify
from cotrace.foundation import clock
from tests.support.administrator import as_administrator
from tests.support.world import agent

EVENTS = 12


@pytest.fixture
def log(committed) -> None:
    """Two sealed chains of twelve events and a signed round."""
    for number in range(EVENTS):
        for code in ("ATF", "FGR"):
            with transaction.atomic():
                record(agent(code), action="test.act", subject=f"SZ-{number}", detail={"number": number})
    seal_once()
    heads_sign()
    seal_once()
    assert verify().is_intact


def findings() -> list[tuple[str, str, int]]:
    return [(each.code, each.chain, each.position) for each in verify().findings]


def event_at(chain: str, position: int) -> int:
    return AuditSeal.objects.get(chain=chain, position=position).event_id


@pytest.mark.parametrize(
    "column", ["actor", "action", "subject", "outcome", "purpose", "actor_agency", "door", "digest", "chain"]
)
def test_an_edited_column_breaks_the_chain_at_its_row(log, column) -> None:
    event = event_at("FGR", 5)
    as_administrator(f"UPDATE audit_auditevent SET {column} = 'forged' WHERE id = {event}")
    assert ("link_broken", "FGR", 5) in findings()


def test_a_moved_clock_breaks_the_chain(log) -> None:
    event = event_at("ATF", 3)
    as_administrator(f"UPDATE audit_auditevent SET recorded_at = '2001-01-01 00:00:00' WHERE id = {event}")
    assert findings()[0] == ("link_broken", "ATF", 3)


def test_a_clock_moved_by_whole_years_and_not_a_microsecond_breaks_the_chain(log) -> None:
    event = event_at("ATF", 3)
    was = AuditEvent.objects.get(pk=event).recorded_at
    as_administrator(
        f"UPDATE audit_auditevent SET recorded_at = '{was.replace(year=2001):%Y-%m-%d %H:%M:%S.%f}' WHERE id = {event}"
    )
    assert AuditEvent.objects.get(pk=event).recorded_at.microsecond == was.microsecond
    assert findings()[0] == ("link_broken", "ATF", 3)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 4, 56, 7, tzinfo=UTC),
        datetime(2026, 11, 24, 4, 56, 7, 1, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, 500000, tzinfo=UTC),
    ],
)
def test_the_chain_covers_the_moment_to_the_microsecond(committed, moment) -> None:
    with clock.frozen_at(moment), transaction.atomic():
        record(agent("ATF"), action="test.act")
    seal_once()
    ((_, _, _, event),) = _links("ATF")
    assert event is not None
    assert event[2] == (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_a_deleted_event_is_named(log) -> None:
    as_administrator(f"DELETE FROM audit_auditevent WHERE id = {event_at('FGR', 7)}")
    assert ("event_deleted", "FGR", 7) in findings()


def test_an_event_deleted_with_its_seal_leaves_a_gap(log) -> None:
    event = event_at("FGR", 7)
    as_administrator(
        f"DELETE FROM audit_auditevent WHERE id = {event}", f"DELETE FROM audit_auditseal WHERE event_id = {event}"
    )
    assert ("position_missing", "FGR", 7) in findings()


def test_swapped_events_are_noticed(log) -> None:
    one, two = event_at("FGR", 4), event_at("FGR", 5)
    as_administrator(
        f"UPDATE audit_auditseal SET event_id = -1 WHERE event_id = {one}",
        f"UPDATE audit_auditseal SET event_id = {one} WHERE event_id = {two}",
        f"UPDATE audit_auditseal SET event_id = {two} WHERE event_id = -1",
    )
    assert findings()[0] == ("link_broken", "FGR", 4)


def test_a_cut_tail_is_noticed_by_the_signed_head(log) -> None:
    events = [event_at("FGR", position) for position in (11, 12)]
    for event in events:
        as_administrator(
            f"DELETE FROM audit_auditseal WHERE event_id = {event}",
            f"DELETE FROM audit_auditdetail WHERE event_id = {event}",
            f"DELETE FROM audit_auditevent WHERE id = {event}",
        )
    assert findings() == [("chain_cut", "FGR", 11)]


def rewrite_chain(chain: str) -> None:
    """Forge an event and recompute every later link, as one who knows the code would."""
    forged = event_at(chain, 6)
    as_administrator(f"UPDATE audit_auditevent SET actor = 'nobody' WHERE id = {forged}")
    head, statements = "0" * 64, []
    for position, event_id, _sealed, event in list(_links(chain)):
        assert event is not None
        head = link_hash(head, position, event)
        statements.append(f"UPDATE audit_auditseal SET hash = '{head}' WHERE event_id = {event_id}")
    as_administrator(*statements)


def test_a_chain_written_anew_disagrees_with_its_signed_head(log) -> None:
    rewrite_chain("FGR")
    assert findings() == [("head_disagrees", "FGR", 12)]


def test_a_forged_head_does_not_fit_its_round(log) -> None:
    rewrite_chain("FGR")
    new_head = AuditSeal.objects.get(chain="FGR", position=12).hash
    as_administrator(f"UPDATE audit_audithead SET hash = '{new_head}' WHERE chain = 'FGR'")
    assert ("head_forged", "FGR", 12) in findings()


def test_deleting_the_heads_and_rounds_too_is_found_with_a_copy_kept_elsewhere(log) -> None:
    kept = rounds_export()
    rewrite_chain("FGR")
    as_administrator("DELETE FROM audit_audithead", "DELETE FROM audit_headround")
    assert verify().is_intact, "the owner of the machine can do this"
    assert [each.code for each in verify(rounds=kept).findings] == ["head_missing"]


def test_a_kept_copy_that_somebody_altered_is_refused(log) -> None:
    kept = json.loads(json.dumps(rounds_export()))
    kept[0]["blinded"][0] = "0" * 64
    assert "round_forged" in {each.code for each in verify(rounds=kept).findings}


def test_what_an_agency_kept_names_the_place_even_when_heads_and_rounds_are_gone(log) -> None:
    """The opening of its own head, which an agency is handed with a round, needs nothing that is left here."""
    heads_sign_when_due()
    kept = json.loads(json.dumps(round_fetch(agent("FGR"), number="newest")))
    seal_once()
    assert verify(rounds=[kept]).is_intact
    rewrite_chain("FGR")
    as_administrator("DELETE FROM audit_audithead", "DELETE FROM audit_headround", "DELETE FROM audit_roundhandover")
    assert verify().is_intact, "the owner of the machine can do this"
    assert ("head_disagrees", "FGR", 12) in [(f.code, f.chain, f.position) for f in verify(rounds=[kept]).findings]
    as_administrator("DELETE FROM audit_auditseal WHERE chain = 'FGR' AND position > 10")
    assert ("chain_cut", "FGR", 12) in [(f.code, f.chain, f.position) for f in verify(rounds=[kept]).findings]


@pytest.mark.parametrize("change", [{"hash": "0" * 64}, {"chain": "ATF"}, {"position": 3}, {"position": "12"}])
def test_an_opening_that_somebody_made_up_is_refused(log, change) -> None:
    heads_sign_when_due()
    kept = json.loads(json.dumps(round_fetch(agent("FGR"), number="newest")))
    kept["own"] |= change
    assert "round_forged" in {each.code for each in verify(rounds=[kept]).findings}


def test_a_kept_round_names_no_chain_and_no_length(log) -> None:
    told = json.dumps(rounds_export())
    assert "FGR" not in told and "ATF" not in told
    assert "position" not in told


def test_an_altered_detail_is_found_and_a_purged_one_is_fine(log) -> None:
    events = list(AuditEvent.objects.filter(chain="ATF").values_list("id", flat=True))
    assert detail_purge(agent("ATF"), events=events[:3], reason="retention") == 3
    seal_once()
    assert verify().is_intact
    as_administrator(f"UPDATE audit_auditdetail SET detail = '{{}}' WHERE event_id = {events[4]}")
    assert ("detail_altered", "ATF", 0) in findings()


def test_nobody_purges_another_agencys_details(log) -> None:
    events = list(AuditEvent.objects.filter(chain="FGR").values_list("id", flat=True))
    assert detail_purge(agent("ATF"), events=events, reason="curiosity") == 0


def test_an_event_slipped_past_the_sealer_is_named(log) -> None:
    with transaction.atomic():
        record(agent("ATF"), action="test.hidden")
    as_administrator("DELETE FROM audit_auditpending")
    assert findings() == [("event_unsealed", "ATF", 0)]


def test_the_running_role_can_neither_change_nor_delete(log) -> None:
    for statement in (
        "UPDATE audit_auditevent SET actor = 'x'",
        "DELETE FROM audit_auditevent",
        "UPDATE audit_auditseal SET hash = 'x'",
        "DELETE FROM audit_auditseal",
        "UPDATE audit_auditdetail SET detail = 'x'",
        "UPDATE audit_audithead SET hash = 'x'",
        "DELETE FROM audit_headround",
        "UPDATE audit_signingname SET name = 'x'",
        "DELETE FROM audit_signingname",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditHead.objects.count() == 2


def test_the_running_role_owns_no_table_and_empties_none(log) -> None:
    """PostgreSQL: by role and trigger. SQLite has no roles and no TRUNCATE: whoever has the file is found out."""
    if connection.vendor == "sqlite":
        as_administrator("DELETE FROM audit_auditevent", "DELETE FROM audit_auditseal", "DELETE FROM audit_auditdetail")
        assert {each[0] for each in findings()} == {"chain_cut"}
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone()[0] == 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditevent")


def test_two_batches_make_the_same_chain_as_one(committed) -> None:
    for number in range(9):
        with transaction.atomic():
            record(agent("ATF"), action="test.act", subject=str(number))
    while seal_once(batch=2):
        pass
    assert verify().is_intact
    assert list(AuditSeal.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 10))
