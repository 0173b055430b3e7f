"""Other installations are the operator's affair, and every agency hears when it changes whom this one believes."""

from datetime import timedelta

import pytest
from django.urls import get_resolver

from cotrace.agencies.imports import shipped_roles
from cotrace.audit.models import AuditEvent
from cotrace.exchange.models import Peer
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.selectors.peers import peer_get, peer_list
from cotrace.exchange.services.peers import KeyValues, PeerValues, peer_close, peer_put
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import installation_principal
from cotrace.notices.models import Notice
from tests.architecture.test_permissions import route_names
from tests.support.world import agencies_exist, agent, member, without
from tests.usecases.exchange.letters import MX, SIGNER, STRANGER, peer_exists

pytestmark = pytest.mark.django_db
OPERATOR = installation_principal()


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()


def values(**changes: object) -> PeerValues:
    moment = clock.now()
    key = KeyValues(
        key=SIGNER.public_key.text, valid_from_at=moment, valid_until_at=moment + timedelta(days=30)
    )
    given: dict[str, object] = {"code": MX, "name": "Mexico", "agreement": "MOU-1", "keys": (key,)}
    return PeerValues(**(given | changes))  # type: ignore[arg-type]


def told() -> list[tuple[str, str, str]]:
    outbox.drain()
    rows = Notice.objects.filter(code="notice_exchange_peer_changed").order_by("agency", "cause")
    return [(row.agency, row.subject, row.page) for row in rows]


def test_nobody_of_an_agency_enters_or_switches_off_an_installation_whatever_its_roles() -> None:
    for somebody in (agent("ATF"), agent("FGR")):
        with pytest.raises(Denied):
            peer_put(somebody, values=values())
        peer_put(OPERATOR, values=values())
        with pytest.raises(Denied):
            peer_close(somebody, code=MX)
    assert Peer.objects.get().is_active


def test_no_permission_no_role_and_no_route_leads_to_the_register() -> None:
    held = {permission for role in shipped_roles() for permission in role.permissions}
    assert "exchange.manage" not in held | set(declared_permissions())
    routes = set(route_names(get_resolver().url_patterns))
    assert {each for each in routes if "peer" in each} == {"api:exchange_peers", "exchange:peers", "exchange:peer"}


def test_every_agency_hears_once_of_a_new_installation_a_new_key_and_its_end() -> None:
    for agency in ("ATF", "FGR"):
        member(agency, name="sender", permissions=[ExchangePermission.EXPORT])
    member("ICE", name="reader", permissions=[ExchangePermission.READ])
    everybody = [("ATF", MX, "exchange:peer"), ("FGR", MX, "exchange:peer")]
    peer_put(OPERATOR, values=values())
    assert told() == everybody
    with clock.frozen_at(clock.now() + timedelta(hours=1)):
        peer_put(OPERATOR, values=values(name="Mexico, renamed", address="call them"))
        assert told() == everybody, "a new name changes nobody's trust"
        peer_exists(MX, signer=STRANGER)
        assert told() == [each for each in everybody for _ in range(2)]
    with clock.frozen_at(clock.now() + timedelta(hours=2)):
        peer_close(OPERATOR, code=MX)
        peer_close(OPERATOR, code=MX)
        assert told() == [each for each in everybody for _ in range(3)]


@pytest.mark.parametrize("role", ["national_contact", "tracing_supervisor", "agency_admin"])
def test_those_who_can_compare_a_key_are_told_and_whoever_only_asks_for_traces_is_not(role: str) -> None:
    held = {each.code: sorted(each.permissions) for each in shipped_roles()}
    asks = [*held["expert"], *held["submitter"]]
    member("FGR", name="expert", permissions=asks)
    answers = member("FGR", name="answers", permissions=held[role])
    only = member("ICE", name="expert", permissions=asks)
    peer_put(OPERATOR, values=values())
    outbox.drain()
    found = Notice.objects.filter(code="notice_exchange_peer_changed").values_list("recipient", flat=True)
    assert set(found) == {str(answers.pk), str(only.pk)}


def test_the_change_stands_in_every_agencys_own_log_and_in_the_operators() -> None:
    peer_put(OPERATOR, values=values())
    outbox.drain()
    noted = AuditEvent.objects.filter(action="exchange.peer_changed", subject=MX)
    assert sorted(noted.values_list("chain", flat=True)) == ["ATF", "FGE-SON", "FGR", "ICE", "PD-EP"]
    assert AuditEvent.objects.get(action="exchange.peer_put").chain == "INSTALLATION"


def test_a_code_too_long_for_a_notice_leads_to_the_whole_register() -> None:
    member("ATF", name="sender", permissions=[ExchangePermission.IMPORT])
    peer_put(OPERATOR, values=values(code="m" * 63))
    assert told() == [("ATF", "", "exchange:peers")]


def test_the_register_is_read_by_who_exchanges_and_by_the_operator() -> None:
    peer_put(OPERATOR, values=values())
    assert [each.code for each in peer_list(OPERATOR)] == [MX]
    assert peer_get(agent("FGR"), code=MX).keys[0].key_id == SIGNER.public_key.key_id
    with pytest.raises(NotFound):
        peer_get(agent("FGR"), code="mx9")
    for read in (lambda who: peer_list(who), lambda who: peer_get(who, code=MX)):
        with pytest.raises(Denied):
            read(without(agent("FGR"), ExchangePermission.READ))


def test_what_does_not_exist_cannot_be_switched_off() -> None:
    with pytest.raises(NotFound):
        peer_close(OPERATOR, code="mx9")


def test_a_name_longer_than_its_field_is_refused_with_its_place() -> None:
    with pytest.raises(Invalid) as refusal:
        peer_put(OPERATOR, values=values(name="x" * 161, address="y" * 201))
    assert [each.field for each in refusal.value.fields] == ["name", "address"]
