"""Seizures are recorded, corrected and restricted by their owner; others see what a memorandum allows."""

from datetime import date

import pytest

from cotrace.audit.models import AuditEvent
from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import seizure_export, seizure_get, seizure_list, seizure_pointers
from cotrace.seizures.services.record import Visibility, seizure_edit, seizure_record, seizure_restrict
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.explain import access_looked
from tests.support.world import agencies_exist, agent, memorandum, without

pytestmark = pytest.mark.django_db
ALL = SeizureFilter()


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()
    reference_load(installation_principal())


def values(**changes: object) -> SeizureValues:
    given: dict[str, object] = {
        "occurred_on": date(2026, 2, 1),
        "state_code": "26",
        "municipio_code": "26043",
        "place": "Carretera a Ímuris km 4",
        "participants": ("MX-SEDENA",),
        "amounts": {item: Amount(quantity=2) for item in ITEMS},
        "detained": Amount(quantity=None, reason=Reason.BLANK),
        "tear_line": "Two long guns near the border.",
    }
    return SeizureValues(**(given | changes))  # type: ignore[arg-type]


def test_the_owner_reads_back_all_it_recorded() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    read = seizure_get(agent("FGE-SON", name="two"), number=number)
    assert read.level == Level.FULL
    assert (read.occurred_on, read.municipio_code) == (date(2026, 2, 1), "26043")
    assert read.amounts == {item: Amount(quantity=2) for item in ITEMS}
    assert read.detained == Amount(quantity=None, reason="blank")


def test_a_stranger_finds_neither_record_nor_count() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    stranger = agent("PD-EP")
    with pytest.raises(NotFound):
        seizure_get(stranger, number=number)
    page = seizure_list(stranger, where=ALL)
    assert (page.rows, page.count.number, page.pointers.number) == ((), 0, 0)


def test_a_tear_line_shows_date_state_and_extract_and_no_more() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    read = seizure_get(agent("ATF"), number=number)
    assert (read.occurred_on, read.state_code, read.tear_line) == (
        date(2026, 2, 1),
        "26",
        "Two long guns near the border.",
    )
    assert (read.place, read.municipio_code, read.participants, read.amounts, read.notes) == (None,) * 5


def test_a_pointer_shows_whom_to_call_and_never_a_date() -> None:
    seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.POINTER)
    assert seizure_list(agent("ATF"), where=ALL).rows == ()
    (row,) = seizure_pointers(agent("ATF")).rows
    assert row.liaison is not None
    assert (row.occurred_on, row.state_code, row.has_guns) == (None, None, None)


def test_a_search_over_a_field_never_reaches_rows_that_hide_it() -> None:
    seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    place = SeizureFilter(text="imuris")
    assert len(seizure_list(agent("FGE-SON"), where=place).rows) == 1
    assert seizure_list(agent("ATF"), where=place).rows == ()
    assert seizure_list(agent("ATF"), where=place).count.number == 0
    assert len(seizure_list(agent("ATF"), where=SeizureFilter(state_code="26")).rows) == 1


def test_restricting_a_seizure_takes_effect_at_once() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    assert seizure_get(agent("ATF"), number=number).level == Level.FULL
    seizure_restrict(agent("FGE-SON"), number=number, visibility=Visibility(cap=Level.NOTHING))
    with pytest.raises(NotFound):
        seizure_get(agent("ATF"), number=number)
    assert seizure_get(agent("FGE-SON"), number=number).cap == Level.NOTHING


def test_a_viewer_cannot_change_what_it_sees_in_full() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    with pytest.raises(NotFound):
        seizure_edit(agent("ATF"), number=number, values=values(place="elsewhere"))
    with pytest.raises(NotFound):
        seizure_restrict(agent("ATF"), number=number, visibility=Visibility(cap=Level.NOTHING))


def test_a_correction_names_the_fields_it_changed_and_moves_the_row_in_the_list() -> None:
    older = seizure_record(agent("FGE-SON"), values=values(occurred_on=date(2026, 1, 1)))
    newer = seizure_record(agent("FGE-SON"), values=values())
    seizure_edit(agent("FGE-SON"), number=older, values=values(occurred_on=date(2026, 2, 20)))
    assert [row.number for row in seizure_list(agent("FGE-SON"), where=ALL).rows] == [older, newer]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"occurred_on": None}, "occurred_on", "required"),
        ({"occurred_on": date(2030, 1, 1)}, "occurred_on", "date_out_of_range"),
        ({"state_code": "99"}, "state_code", "state_unknown"),
        ({"state_code": "08"}, "municipio_code", "municipio_outside_state"),
        ({"participants": ("MX-NOBODY",)}, "participants", "force_unknown"),
        ({"detained": Amount(quantity=None)}, "detained", "reason_unknown"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_saved(changes, field, code) -> None:
    with pytest.raises(Invalid) as refusal:
        seizure_record(agent("FGE-SON"), values=values(**changes))
    assert (field, code) in {(each.field, each.code) for each in refusal.value.fields}
    assert seizure_list(agent("FGE-SON"), where=ALL).count.number == 0


def test_the_owner_sees_who_looked_and_the_viewer_does_not() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    seizure_get(agent("ATF"), number=number)
    looks = access_looked(agent("FGE-SON"), number=number)
    assert [(each.agency, each.action) for each in looks] == [("ATF", "seizure.opened")]
    with pytest.raises(NotFound):
        access_looked(agent("ATF"), number=number)


def test_a_role_without_the_permission_is_denied() -> None:
    with pytest.raises(Denied):
        seizure_list(without(agent("FGE-SON"), SeizurePermission.READ), where=ALL)
    with pytest.raises(Denied):
        seizure_record(without(agent("FGE-SON"), SeizurePermission.RECORD), values=values())


def test_pages_go_down_and_up_again_over_every_row_once() -> None:
    for day in range(1, 8):
        seizure_record(agent("FGE-SON"), values=values(occurred_on=date(2026, 1, day)))
    first = seizure_list(agent("FGE-SON"), where=ALL, size=3)
    second = seizure_list(agent("FGE-SON"), where=ALL, at=first.older, size=3)
    third = seizure_list(agent("FGE-SON"), where=ALL, at=second.older, size=3)
    numbers = [row.number for page in (first, second, third) for row in page.rows]
    assert len(set(numbers)) == 7
    assert (first.newer, third.older) == ("", "")
    back = seizure_list(agent("FGE-SON"), where=ALL, at=second.newer, size=3)
    assert back.rows == first.rows
    filtered = SeizureFilter(state_code="26")
    down = seizure_list(agent("FGE-SON"), where=filtered, at=first.older, size=3)
    assert down.rows == second.rows


def test_a_list_shown_to_a_viewer_is_in_the_owners_log_with_its_own_numbers_only() -> None:
    mine = seizure_record(agent("FGE-SON"), values=values())
    seizure_record(agent("ATF"), values=values(state_code="", municipio_code="", participants=()))
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    seizure_list(agent("ATF"), where=ALL)
    event = AuditEvent.objects.get(chain="FGE-SON", action="seizure.listed")
    from cotrace.audit.models import AuditDetail

    assert AuditDetail.objects.get(event_id=event.pk).detail == f'{{"numbers": ["{mine}"]}}'


def test_who_looked_names_lists_and_exports_by_others_too() -> None:
    number = seizure_record(agent("FGE-SON"), values=values())
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    seizure_list(agent("ATF"), where=ALL)
    seizure_export(agent("ATF"), where=ALL)
    seizure_list(agent("FGE-SON"), where=ALL)
    looks = access_looked(agent("FGE-SON"), number=number)
    assert [(each.agency, each.action) for each in looks] == [("ATF", "seizure.exported"), ("ATF", "seizure.listed")]
