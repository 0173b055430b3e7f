"""The register: of two who save the same licensee, the second is told; and which agencies may be named centres."""

import threading
from dataclasses import replace

import pytest
from django.db import connections

from cotrace.foundation.errors import Denied, Invalid, Refused
from cotrace.foundation.principal import Principal, installation_principal
from cotrace.tracing.models import LicenseeEntry, TracingCentre
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.selectors.register import centre_list, licensee_get
from cotrace.tracing.services.register import CentreValues, centre_put, licensee_hold, licensee_put
from tests.support.world import agencies_exist, agent, without
from tests.unit.tracing.builders import DEALER
from tests.usecases.tracing.world import CALL_BACK, HOLD_REASON, entry, register, tracer

PHONES = ("+1 555 0001", "+1 555 0002")


def save(who: Principal, version: int, **changes: object) -> str:
    """Save the dealer's entry; return what came of it."""
    try:
        licensee_put(who, values=entry(DEALER, **changes), version=version)
    except Refused as refusal:
        return refusal.code
    return "saved"


@pytest.mark.django_db
def test_the_second_of_two_who_opened_the_same_entry_is_told_and_overwrites_nothing() -> None:
    agencies_exist()
    register(DEALER)
    seen = licensee_get(tracer(), number=DEALER.number).version
    assert save(tracer(), seen, phone=PHONES[0]) == "saved"
    assert save(tracer("two"), seen, address="Typed with care 7") == "licensee_changed"
    now = licensee_get(tracer(), number=DEALER.number)
    assert (now.phone, now.address, now.version) == (PHONES[0], "", seen + 1)
    assert save(tracer("two"), now.version, phone=PHONES[0], address="Typed with care 7") == "saved"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [DEALER.number, DEALER.number.replace("-", "")])
def test_a_new_entry_does_not_overwrite_one_that_is_there(number: str) -> None:
    agencies_exist()
    register(DEALER)
    with pytest.raises(Refused):
        licensee_put(tracer(), values=replace(entry(DEALER), number=number, name="Another"))
    assert licensee_get(tracer(), number=DEALER.number).name == DEALER.name


@pytest.mark.django_db
def test_a_version_of_an_entry_that_was_never_there_is_refused() -> None:
    agencies_exist()
    assert save(tracer(), 3) == "licensee_changed"
    assert not LicenseeEntry.objects.exists()


@pytest.mark.django_db
def test_a_hold_set_meanwhile_is_not_lifted_by_saving_what_one_saw_before() -> None:
    agencies_exist()
    register(DEALER)
    seen = licensee_get(tracer(), number=DEALER.number).version
    licensee_hold(tracer("two"), number=DEALER.number, is_held=True, reason=HOLD_REASON)
    assert save(tracer(), seen, is_held=False) == "licensee_changed"
    assert licensee_get(tracer(), number=DEALER.number).is_held
    with pytest.raises(Denied):
        save(without(tracer(), TracePermission.HOLD), seen + 1, is_held=False)


@pytest.mark.parametrize("is_there", [True, False], ids=["changed", "entered"])
def test_at_the_same_moment_one_is_saved_and_the_others_are_told(committed, is_there: bool) -> None:
    agencies_exist()
    if is_there:
        register(DEALER)
    start, told = threading.Barrier(4), []

    def act(place: int) -> None:
        start.wait()
        try:
            told.append(save(tracer(str(place)), int(is_there), phone=f"+1 555 000{place}"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["licensee_changed"] * 3 + ["saved"]
    assert LicenseeEntry.objects.get().version == 1 + int(is_there)


def fields(**values: object) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        centre_put(installation_principal(), centre=CentreValues(**values))  # type: ignore[arg-type]
    return {(each.field, each.code) for each in refusal.value.fields}


@pytest.mark.django_db
def test_a_centre_here_is_an_agency_of_this_installation_and_one_elsewhere_need_not_be(settings) -> None:
    agencies_exist()
    assert fields(agency="ATFF", call_back=CALL_BACK) == {("agency", "centre_no_agency_here")}
    own = settings.COTRACE_INSTALLATION.lower()
    assert fields(agency="ATF", call_back=CALL_BACK, installation=own) == {("installation", "centre_installation_is_this")}
    assert fields(agency="", call_back=" ") == {("agency", "required"), ("call_back", "required")}
    assert fields(agency="ATF", call_back="5" * 41) == {("call_back", "text_too_long")}
    assert not TracingCentre.objects.exists()
    centre_put(installation_principal(), centre=CentreValues(agency="CNFTC", call_back=CALL_BACK, installation="ca1"))
    assert [each.agency for each in centre_list(agent("FGR"))] == ["CNFTC"]


@pytest.mark.django_db
def test_nobody_but_the_operator_names_a_centre() -> None:
    agencies_exist()
    with pytest.raises(Denied):
        centre_put(agent("ATF"), centre=CentreValues(agency="ATF", call_back=CALL_BACK))
