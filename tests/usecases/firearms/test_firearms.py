"""Guns are described by the agency that took them, and seen by whoever sees the seizure, no further."""

from datetime import date

import pytest

from cotrace.firearms.models import Firearm
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.selectors import firearm_get, firearm_list
from cotrace.firearms.services import firearm_correct, firearm_describe
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.seizures.services.record import Visibility, seizure_record, seizure_restrict
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.explain import access_explain, access_looked
from cotrace.sharing.services.circles import circle_open
from tests.support.world import agencies_exist, agent, memorandum, without
from tests.usecases.firearms.codes import codes_exist

pytestmark = pytest.mark.django_db
OWNER = agent("FGE-SON")


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()
    codes_exist()


def seizure(**visibility: object) -> str:
    values = SeizureValues(
        occurred_on=date(2026, 2, 1), amounts={}, detained=Amount(quantity=None, reason="blank")
    )
    return seizure_record(OWNER, values=values, visibility=Visibility(**visibility))  # type: ignore[arg-type]


def gun(**changes: object) -> FirearmValues:
    given: dict[str, object] = {
        "type_code": "PI",
        "make_code": "SW",
        "model": "M&P",
        "calibre_code": "9",
        "serial": "ABC-1234",
        "exhibit_number": "1",
        "country_of_origin": "US",
    }
    return FirearmValues(**(given | changes))  # type: ignore[arg-type]


def test_the_owner_reads_back_what_was_described_with_the_names_of_its_codes() -> None:
    number = firearm_describe(OWNER, seizure=seizure(), values=gun())
    read = firearm_get(agent("FGE-SON", name="two"), number=number)
    assert (read.make, read.calibre_code, read.serial_normal) == ("Smith & Wesson", "9", "ABC1234")
    assert read.calibre is not None and read.calibre.startswith("9 mm")


def test_a_gun_is_described_only_in_a_seizure_of_ones_own_that_one_sees() -> None:
    number = seizure()
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    for stranger in (agent("ATF"), agent("PD-EP")):
        with pytest.raises(NotFound):
            firearm_describe(stranger, seizure=number, values=gun())
    with pytest.raises(NotFound):
        firearm_describe(OWNER, seizure="SZ-TEST-0000-0000-0000", values=gun())
    assert Firearm.objects.count() == 0


def test_what_is_wrong_is_said_by_field_and_nothing_is_saved() -> None:
    with pytest.raises(Invalid) as refusal:
        firearm_describe(OWNER, seizure=seizure(), values=gun(type_code="XX", serial=""))
    assert {each.field for each in refusal.value.fields} == {"type_code", "serial"}
    assert Firearm.objects.count() == 0


def test_an_exhibit_number_is_used_once_in_a_seizure() -> None:
    first, second = seizure(), seizure()
    firearm_describe(OWNER, seizure=first, values=gun())
    with pytest.raises(Invalid) as refusal:
        firearm_describe(OWNER, seizure=first, values=gun(serial="XYZ-1"))
    assert refusal.value.fields[0].code == "exhibit_described_already"
    assert firearm_describe(OWNER, seizure=second, values=gun())


def test_a_correction_changes_the_description_and_names_the_fields() -> None:
    number = firearm_describe(OWNER, seizure=seizure(), values=gun())
    firearm_correct(OWNER, number=number, values=gun(serial="A8C-1234"))
    read = firearm_get(OWNER, number=number)
    assert (read.serial_normal, read.corrected_at is not None) == ("A8C1234", True)
    with pytest.raises(NotFound):
        firearm_correct(agent("ATF"), number=number, values=gun())


def test_a_tear_line_shows_the_kind_of_gun_and_never_its_serial() -> None:
    number = firearm_describe(OWNER, seizure=seizure(), values=gun())
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.TEAR_LINE)
    read = firearm_get(agent("ATF"), number=number)
    assert (read.make, read.type_code) == ("Smith & Wesson", "PI")
    assert (read.serial, read.serial_normal, read.seizure, read.exhibit_number) == (None,) * 4
    assert firearm_list(agent("ATF"), seizure=Firearm.objects.get().seizure) == ()


def test_a_gun_is_never_seen_further_than_its_seizure() -> None:
    parent = seizure()
    number = firearm_describe(OWNER, seizure=parent, values=gun())
    memorandum(owner="FGE-SON", viewer="ATF", category="firearm", level=Level.FULL)
    with pytest.raises(NotFound):
        firearm_get(agent("ATF"), number=number)
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    assert firearm_get(agent("ATF"), number=number).serial == "ABC-1234"
    assert len(firearm_list(agent("ATF"), seizure=parent)) == 1
    seizure_restrict(OWNER, number=parent, visibility=Visibility(cap=Level.NOTHING))
    with pytest.raises(NotFound):
        firearm_get(agent("ATF"), number=number)
    with pytest.raises(NotFound):
        firearm_list(agent("ATF"), seizure=parent)


def test_guns_follow_their_seizure_into_its_circle() -> None:
    parent = seizure()
    number = firearm_describe(OWNER, seizure=parent, values=gun())
    circle = circle_open(OWNER, name="Need to know")
    seizure_restrict(OWNER, number=parent, visibility=Visibility(circle=circle))
    assert firearm_get(OWNER, number=number).serial == "ABC-1234"
    assert Firearm.objects.get().holding.shelf.circle == circle
    with pytest.raises(NotFound):
        firearm_get(agent("FGE-SON", name="outsider"), number=number)


def test_a_gun_described_in_a_circle_lies_in_the_circle() -> None:
    circle = circle_open(OWNER, name="Need to know")
    number = firearm_describe(OWNER, seizure=seizure(circle=circle), values=gun())
    assert firearm_get(OWNER, number=number).level == Level.FULL
    with pytest.raises(NotFound):
        firearm_get(agent("FGE-SON", name="outsider"), number=number)


def test_the_owner_sees_who_looked() -> None:
    number = firearm_describe(OWNER, seizure=seizure(), values=gun())
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    firearm_get(agent("ATF"), number=number)
    looks = access_looked(OWNER, number=number)
    assert [(each.agency, each.action) for each in looks] == [("ATF", "firearm.opened")]


def test_roles_without_the_permission_are_denied() -> None:
    parent = seizure()
    number = firearm_describe(OWNER, seizure=parent, values=gun())
    with pytest.raises(Denied):
        firearm_get(without(OWNER, FirearmPermission.READ), number=number)
    with pytest.raises(Denied):
        firearm_describe(without(OWNER, FirearmPermission.DESCRIBE), seizure=parent, values=gun())
    with pytest.raises(Denied):
        firearm_correct(without(OWNER, FirearmPermission.CORRECT), number=number, values=gun())


def test_restricting_a_seizure_closes_its_guns_at_every_door() -> None:
    taken_in = seizure()
    number = firearm_describe(agent("FGE-SON"), seizure=taken_in, values=gun())
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    assert access_explain(agent("ATF"), number=number).level == Level.FULL
    seizure_restrict(agent("FGE-SON"), number=taken_in, visibility=Visibility(cap=Level.NOTHING))
    for read in (firearm_get, access_explain):
        with pytest.raises(NotFound):
            read(agent("ATF"), number=number)
