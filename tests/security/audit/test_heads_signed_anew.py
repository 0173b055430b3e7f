"""A rewritten chain stays found out though the worker's own duty signed its new hashes: what was signed first counts."""

from datetime import timedelta

import pytest
from django.db import transaction

from cotrace.audit.models import AuditEvent, AuditSeal
from cotrace.audit.rules.chain import link_hash
from cotrace.audit.services import record
from cotrace.audit.services.heads import heads_sign_when_due, rounds_export
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import _links, verify
from cotrace.foundation import clock
from tests.support.administrator import as_administrator
from tests.support.world import agent

CHAIN = "FGR"
SEAL = "id, chain, position, event_id, hash"


def acts(count: int) -> None:
    for _ in range(count):
        with transaction.atomic():
            record(agent(CHAIN), action="seizure.opened", subject="SZ-1", outcome="disclosed")
    while seal_once():
        pass


def forge(position: int) -> int:
    """Give a look to somebody else and compute every link anew, as one who knows the code would."""
    victim = AuditSeal.objects.get(chain=CHAIN, position=position).event_id
    as_administrator(f"UPDATE audit_auditevent SET actor = 'somebody-else' WHERE id = {victim}")
    head, statements = "0" * 64, []
    for place, event_id, _sealed, event in list(_links(CHAIN)):
        assert event is not None
        head = link_hash(head, place, event)
        statements.append(f"UPDATE audit_auditseal SET hash = '{head}' WHERE event_id = {event_id}")
    as_administrator(*statements)
    return victim


def found(rounds: list) -> set[tuple[str, str, int]]:
    return {(each.code, each.chain, each.position) for each in verify(rounds=rounds).findings}


@pytest.mark.parametrize("is_kept_elsewhere", [True, False])
def test_the_last_look_of_a_quiet_chain_rewritten_and_signed_an_hour_later(committed, is_kept_elsewhere) -> None:
    acts(12)
    heads_sign_when_due()
    kept = rounds_export() if is_kept_elsewhere else []
    assert verify(rounds=kept).is_intact
    victim = forge(12)
    with clock.frozen_at(clock.now() + timedelta(hours=1, minutes=1)):
        assert heads_sign_when_due() == 1
    assert ("head_disagrees", CHAIN, 12) in found(kept)
    assert AuditEvent.objects.get(pk=victim).actor == "somebody-else"


def test_old_history_rewritten_under_rounds_that_were_put_aside_for_a_moment(committed) -> None:
    moment = clock.now()
    for hour in (0, 2, 4):
        with clock.frozen_at(moment + timedelta(hours=hour)):
            acts(4)
            assert heads_sign_when_due() == 1
    kept = rounds_export()
    assert len(kept) == 3 and verify(rounds=kept).is_intact
    forge(3)
    for position in (4, 8, 12):
        signed_anew_at(position)
    assert ("head_disagrees", CHAIN, 4) in found(kept)


def signed_anew_at(position: int) -> None:
    """Hide later seals and all rounds, let the worker's duty sign what it sees, put both back."""
    later = AuditSeal.objects.filter(chain=CHAIN, position__gt=position)
    rows = list(later.values_list("id", "chain", "position", "event_id", "hash"))
    as_administrator(
        "CREATE TABLE hidden_rounds AS SELECT * FROM audit_headround",
        "DELETE FROM audit_headround",
        f"DELETE FROM audit_auditseal WHERE chain = '{CHAIN}' AND position > {position}",
    )
    assert heads_sign_when_due() == 1
    as_administrator(
        "INSERT INTO audit_headround SELECT * FROM hidden_rounds",
        "DROP TABLE hidden_rounds",
        *(
            f"INSERT INTO audit_auditseal ({SEAL}) VALUES ({row}, '{chain}', {place}, {event}, '{digest}')"
            for row, chain, place, event, digest in rows
        ),
    )
