"""Rounds of heads reach every agency at a fixed rhythm, signed under the one name that this log is bound to."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from cotrace.audit.models import AuditEvent, HeadRound, RoundHandover, SigningName
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.selectors.heads import round_list
from cotrace.audit.services import keys, record
from cotrace.audit.services.heads import RHYTHM, heads_sign, heads_sign_when_due, round_fetch, rounds_export
from cotrace.audit.services.names import name_bind, name_require
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Denied, NotFound, Refused
from cotrace.foundation.principal import installation_principal
from cotrace.notices.models import Notice
from tests.support.world import agencies_exist, agent, member, without

OPERATOR = installation_principal()
DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def world(db, stopped_clock, settings) -> None:
    settings.COTRACE_HEADS_HOURS = 24
    agencies_exist()


@pytest.fixture
def another_key(settings, tmp_path: Path) -> Iterator[None]:
    """A folder of another installation, or one whose key was lost."""
    settings.COTRACE_HOME = tmp_path
    yield
    keys._load.cache_clear()


def act(agency: str) -> None:
    with transaction.atomic():
        record(agent(agency), action="test.act")
    seal_once()


def told(agency: str) -> int:
    outbox.drain()
    return Notice.objects.filter(code="notice_round_handed", agency=agency).count()


def test_a_round_is_signed_every_hour_and_handed_over_every_day_also_when_nothing_happens(stopped_clock) -> None:
    for hour in range(50):
        with clock.frozen_at(stopped_clock + timedelta(hours=hour, minutes=1)):
            assert heads_sign_when_due() == 1
            assert heads_sign_when_due() == 0
    assert (HeadRound.objects.count(), RoundHandover.objects.count()) == (50, 3)


@pytest.mark.parametrize(("hours", "handed"), [(1, 49), (6, 9), (48, 2)])
def test_the_rhythm_is_a_setting(settings, stopped_clock, hours: int, handed: int) -> None:
    settings.COTRACE_HEADS_HOURS = hours
    for hour in range(49):
        with clock.frozen_at(stopped_clock + timedelta(hours=hour)):
            heads_sign_when_due()
    assert RoundHandover.objects.count() == handed


def test_every_agency_sees_the_same_rounds_and_the_end_of_its_own_chain_only() -> None:
    act("ATF")
    act("ATF")
    act("FGR")
    heads_sign_when_due()
    for agency, position in (("ATF", 2), ("FGR", 1), ("PD-EP", 0)):
        found = round_list(agent(agency))
        assert [(each.heads, each.position, each.fetched_at) for each in found] == [(2, position, None)]
    kept = round_fetch(agent("FGR"), number="newest")
    assert kept["own"]["chain"] == "FGR"  # type: ignore[index]
    assert "ATF" not in json.dumps(kept)
    assert "own" not in round_fetch(agent("PD-EP"), number="newest")


def test_a_round_that_was_signed_but_not_handed_over_is_nobodys() -> None:
    signed = heads_sign()
    assert round_list(agent("ATF")) == ()
    for number in (signed, "newest", "0" * 32, "nonsense"):
        with pytest.raises(NotFound):
            round_fetch(agent("ATF"), number=number)


def test_taking_a_round_is_in_ones_own_log_and_needs_the_permission(stopped_clock) -> None:
    heads_sign_when_due()
    number = RoundHandover.objects.get().pk
    round_fetch(agent("ATF"), number=number)
    assert AuditEvent.objects.get(action="audit.round_fetched").chain == "ATF"
    assert round_list(agent("ATF"))[0].fetched_at == stopped_clock
    assert round_list(agent("FGR"))[0].fetched_at is None
    for read in (lambda who: round_list(who), lambda who: round_fetch(who, number=number)):
        with pytest.raises(Denied):
            read(without(agent("ATF"), AuditPermission.VERIFY))


def test_those_who_verify_hear_of_it_once_until_they_take_one(stopped_clock) -> None:
    auditor = member("ATF", name="auditor", permissions=[AuditPermission.VERIFY])
    member("ATF", name="other", permissions=[AuditPermission.READ])
    for day in range(3):
        with clock.frozen_at(stopped_clock + day * DAY):
            heads_sign_when_due()
            assert told("ATF") == 1
    notice = Notice.objects.get()
    assert (notice.recipient, notice.page) == (str(auditor.pk), "audit:heads")
    with clock.frozen_at(stopped_clock + 3 * DAY - RHYTHM):
        round_fetch(agent("ATF"), number="newest")
    for day in (3, 4):
        with clock.frozen_at(stopped_clock + day * DAY):
            heads_sign_when_due()
            assert told("ATF") == 2


def test_the_first_round_binds_the_name_to_the_key() -> None:
    heads_sign()
    heads_sign()
    bound = SigningName.objects.get()
    assert (bound.name, bound.key_id) == ("TEST", keys.audit_key().id)
    assert AuditEvent.objects.get(action="audit.name_bound").chain == "INSTALLATION"


def test_another_name_signs_nothing_and_says_so(settings) -> None:
    heads_sign_when_due()
    settings.COTRACE_INSTALLATION = "LOCAL"
    before = HeadRound.objects.count()
    with clock.frozen_at(clock.now() + DAY):
        for sign in (heads_sign, heads_sign_when_due, lambda: name_require(OPERATOR)):
            with pytest.raises(Refused) as refusal:
                sign()
            assert refusal.value.code == "audit_name_differs"
            assert dict(refusal.value.params) == {"bound": "TEST", "given": "LOCAL"}
    assert (HeadRound.objects.count(), RoundHandover.objects.count()) == (before, 1)


def test_another_key_signs_nothing_and_says_so(another_key, settings, tmp_path) -> None:
    heads_sign()
    settings.COTRACE_HOME = tmp_path / "elsewhere"
    settings.COTRACE_HOME.mkdir()
    with pytest.raises(Refused) as refusal:
        heads_sign()
    assert refusal.value.code == "audit_key_differs"
    assert HeadRound.objects.count() == 1


def test_an_older_log_is_bound_to_what_its_last_round_was_signed_with(settings, stopped_clock) -> None:
    """An upgraded installation has rounds and no binding yet."""
    HeadRound.objects.create(
        id="0" * 32, installation="TEST", signed_at=stopped_clock, blinded=[], key_id=keys.audit_key().id, signature="00"
    )
    settings.COTRACE_INSTALLATION = "LOCAL"
    with pytest.raises(Refused):
        heads_sign()
    settings.COTRACE_INSTALLATION = "TEST"
    heads_sign()
    assert HeadRound.objects.count() == 2


def test_the_operator_binds_a_new_name_and_that_is_on_record(settings) -> None:
    heads_sign()
    settings.COTRACE_INSTALLATION = "MX1"
    with pytest.raises(Refused) as refusal:
        name_bind(OPERATOR, name="TEST")
    assert refusal.value.code == "audit_name_not_set"
    with pytest.raises(Denied):
        name_bind(agent("ATF"), name="MX1")
    name_bind(OPERATOR, name="MX1")
    with clock.frozen_at(clock.now() + RHYTHM):
        heads_sign()
    assert [each["installation"] for each in rounds_export()] == ["TEST", "MX1"]
    assert AuditEvent.objects.filter(action="audit.name_bound").count() == 2
    assert verify(rounds=rounds_export()).is_intact
