"""What a list showed lies in its event's detail: nobody takes it away without the log saying which."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cotrace.audit.models import AuditDetail, AuditEvent, AuditSeal
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.services import record, record_listing
from cotrace.audit.services.purge import detail_purge
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from cotrace.doors.sentences import sentence
from cotrace.foundation.errors import Denied, Invalid
from tests.support.administrator import as_administrator
from tests.support.world import agent, without

NUMBER = "SZ-TEST-0000-0000-0000"
OWNER = agent("FGR")


@pytest.fixture
def log(committed) -> None:
    """Eight lists in which ATF saw a record of FGR, in both chains, sealed."""
    for _ in range(8):
        looked()
    sealed()
    assert verify().is_intact


def looked() -> None:
    record_listing(agent("ATF"), action="seizure.listed", shown=[(NUMBER, "FGR")])


def sealed() -> None:
    while seal_once():
        pass


def event_at(position: int, *, chain: str = "FGR") -> int:
    return AuditSeal.objects.get(chain=chain, position=position).event_id


def findings() -> list[tuple[str, str, int, int]]:
    return [(each.code, each.chain, each.position, each.event) for each in verify().findings]


def delete(event: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditdetail WHERE event_id = %s", [event])


def forged_purge(subject: str, *, chain: str = "FGR") -> None:
    with transaction.atomic():
        record(agent(chain), action="audit.detail_purged", subject=subject)
    sealed()


def test_the_running_role_deletes_no_detail_that_no_purge_names(log) -> None:
    for statement in ("DELETE FROM audit_auditdetail", f"DELETE FROM audit_auditdetail WHERE detail LIKE '%{NUMBER}%'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditDetail.objects.count() == 16 and verify().is_intact


def test_an_administrator_who_deletes_a_look_is_found_out_and_the_place_is_named(log) -> None:
    event = event_at(3)
    as_administrator(
        f"DELETE FROM audit_auditdetail WHERE event_id IN ({event}, {event_at(6)}, {event_at(5, chain='ATF')})"
    )
    assert findings() == [
        ("detail_missing", "ATF", 5, event_at(5, chain="ATF")), ("detail_missing", "FGR", 3, event),
    ]  # fmt: skip


def test_a_detail_that_goes_before_its_event_is_sealed_is_missed_too(log) -> None:
    looked()
    event = AuditEvent.objects.filter(chain="FGR").latest("id").pk
    as_administrator(f"DELETE FROM audit_auditdetail WHERE event_id = {event}")
    assert findings() == [("detail_missing", "FGR", 0, event)]
    sealed()
    assert findings() == [("detail_missing", "FGR", 9, event)]


def test_a_purge_names_each_event_and_excuses_no_other(log) -> None:
    assert detail_purge(OWNER, events=[event_at(2), event_at(7)], reason="retention") == 2
    sealed()
    assert verify().is_intact
    purges = AuditEvent.objects.filter(chain="FGR", action="audit.detail_purged").order_by("id")
    assert list(purges.values_list("subject", flat=True)) == ["", "#2", "#7"]
    assert not AuditDetail.objects.filter(pk__in=[event_at(2), event_at(7)]).exists()
    as_administrator(f"DELETE FROM audit_auditdetail WHERE event_id = {event_at(4)}")
    assert findings() == [("detail_missing", "FGR", 4, event_at(4))]


def test_what_a_purge_says_cannot_be_purged(log) -> None:
    detail_purge(OWNER, events=[event_at(2)], reason="retention")
    sealed()
    purge = event_at(9)
    assert "retention" in AuditDetail.objects.get(pk=purge).detail
    assert detail_purge(OWNER, events=[purge, event_at(10)], reason="to hide the purge") == 0
    forged_purge("#9")
    with pytest.raises(DatabaseError):
        delete(purge)
    as_administrator(f"DELETE FROM audit_auditdetail WHERE event_id = {purge}")
    assert findings() == [("detail_missing", "FGR", 9, purge)]


@pytest.mark.parametrize("chain", ["ATF", "ICE"])
def test_a_purge_of_another_chain_excuses_nothing(log, chain) -> None:
    event = event_at(3)
    forged_purge("#3", chain=chain)
    with pytest.raises(DatabaseError):
        delete(event)
    as_administrator(f"DELETE FROM audit_auditdetail WHERE event_id = {event}")
    assert findings() == [("detail_missing", "FGR", 3, event)]


def test_a_purge_excuses_nothing_that_came_after_it(log) -> None:
    forged_purge("#10")
    looked()
    sealed()
    event = event_at(10)
    with pytest.raises(DatabaseError):
        delete(event)
    as_administrator(f"DELETE FROM audit_auditdetail WHERE event_id = {event}")
    assert findings() == [("detail_missing", "FGR", 10, event)]


def test_only_details_of_ones_own_sealed_events_are_purged_with_a_permission_and_a_reason(log) -> None:
    looked()
    waiting = AuditEvent.objects.filter(chain="FGR").latest("id").pk
    events = [waiting, event_at(1, chain="ATF"), event_at(1)]
    with pytest.raises(Denied):
        detail_purge(without(OWNER, AuditPermission.PURGE), events=events, reason="retention")
    with pytest.raises(Invalid):
        detail_purge(OWNER, events=events, reason=" ")
    assert AuditDetail.objects.count() == 18
    assert detail_purge(OWNER, events=events, reason="retention") == 1
    assert AuditDetail.objects.filter(pk__in=[waiting, event_at(1, chain="ATF")]).count() == 2
    sealed()
    assert verify().is_intact


def test_a_purge_that_fails_leaves_everything(log) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        detail_purge(OWNER, events=[event_at(1)], reason="retention")
        raise RuntimeError
    assert AuditDetail.objects.filter(pk=event_at(1)).exists()
    assert not AuditEvent.objects.filter(action="audit.detail_purged").exists()


def test_it_asks_the_database_as_often_for_many_missing_details_as_for_none(log) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            verify()
        return len(caught)

    detail_purge(OWNER, events=[event_at(each) for each in range(1, 5)], reason="retention")
    sealed()
    few = queries()
    as_administrator("DELETE FROM audit_auditdetail")
    assert {each[0] for each in findings()} == {"detail_missing"}
    assert queries() == few


def test_it_is_said_in_both_languages(log) -> None:
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said.append(str(sentence("audit_detail_missing")))
    assert said == [
        "A detail is gone, and no purge on record names its event.",
        "Falta un detalle, y ninguna depuración registrada menciona su evento.",
    ]
