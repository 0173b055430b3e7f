"""Why can I see this, who can, who looked: in words, and the last two for the owner alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open
from tests.support.pages import cast_exists, client_of, seizure_exists, seizure_values, words_of
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import agent, memorandum, token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def test_why_names_the_memorandum_the_limits_and_the_level() -> None:
    number = seizure_exists("FGE-SON", visibility=Visibility(cap=Level.TEAR_LINE))
    signed = memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    response = client_of("ATF").get(f"/access/{number}/why")
    words = words_of(response)
    assert "You see the tear-line because FGE-SON and your agency signed a memorandum" in words
    assert "The owner allows others at most the tear-line of this record." in words
    assert "The record is in no circle. Your level Tear-line Your agency may see Full The owner allows Tear-line" in words
    assert "Its circle allows" not in words
    assert f'href="/agreements/{signed}"' in response.content.decode()


def test_who_lists_owner_and_viewers_with_level_reason_and_end() -> None:
    number = seizure_exists("FGR", visibility=Visibility(cap=Level.TEAR_LINE))
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL, ends_on=date(2099, 12, 31))
    memorandum(owner="FGR", viewer="ICE", category="seizure", level=Level.POINTER)
    words = words_of(client_of("FGR").get(f"/access/{number}/who"))
    assert "FGR Full Everyone at FGR whose role allows it sees it in full" in words
    assert "ATF Tear-line ATF sees its tear-line under a memorandum. The limit that you set stops it there" in words
    assert "1 Jan 2100" in words and "ICE Whom to call ICE knows whom to call" in words and "PD-EP" not in words


def test_with_a_circle_only_its_members_are_listed() -> None:
    member = member_exists("FGR", name="Ana Ruiz")
    owner = replace(agent("FGR"), id=str(member.pk))
    visibility = Visibility(circle=circle_open(owner, name="Few"))
    number = seizure_record(owner, values=seizure_values(), visibility=visibility)
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    words = words_of(signed_in(Client(), member).get(f"/access/{number}/who"))
    assert "Ana Ruiz sees it in full as a member of its circle." in words
    assert "ATF" not in words and "Everyone at FGR" not in words


def test_a_record_in_a_circle_has_the_circles_limit_too() -> None:
    member = member_exists("FGR", name="Ana Ruiz")
    owner = replace(agent("FGR"), id=str(member.pk))
    number = seizure_record(owner, values=seizure_values(), visibility=Visibility(circle=circle_open(owner, name="Few")))
    words = words_of(signed_in(Client(), member).get(f"/access/{number}/why"))
    assert "the lowest of the three below it" in words and "Its circle allows Full" in words


@pytest.mark.parametrize("page", ["why", "who", "looked"])
def test_the_pages_stand_where_the_record_stands_and_name_it_in_their_title(page: str) -> None:
    number = seizure_exists("FGR")
    shown = client_of("FGR").get(f"/access/{number.lower()}/{page}").content.decode()
    assert '<a href="/seizures/" aria-current="page">' in shown
    assert f" · {number} · Cotrace</title>" in shown


def test_one_reason_alone_is_no_numbered_list_and_several_are() -> None:
    number = seizure_exists("FGR")
    client = client_of("FGR")
    alone = [client.get(address).content.decode() for address in (f"/access/{number}/why", f"/seizures/{number}")]
    assert 'lines--numbered' not in alone[0] and '<ol class="why__reasons">' not in alone[1]
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    viewer = client_of("ATF")
    assert '<ol class="lines lines--numbered">' in viewer.get(f"/access/{number}/why").content.decode()
    assert '<ol class="why__reasons">' in viewer.get(f"/seizures/{number}").content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "saw it in a list, 4 times that day"), ("es", "lo vio en una lista, 4 veces ese día")]
)
def test_the_lists_of_a_day_are_one_line_and_every_opening_is_its_own(stopped_clock, language: str, said: str) -> None:
    number = seizure_exists("FGR")
    with clock.frozen_at(stopped_clock - timedelta(days=1)):
        memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
        client_of("ATF", name="Tom Walker").get("/seizures/")
    looker = client_of("ATF", name="Eva Stone")
    for address in (*["/seizures/"] * 4, *[f"/seizures/{number}"] * 2):
        assert looker.get(address).status_code == 200
    page = client_of("FGR").get(f"/access/{number}/looked", HTTP_ACCEPT_LANGUAGE=language)
    did = [row.cells[3] for row in page.context["table"].rows if row.cells[1] == "ATF"]
    assert len(did) == 4 and did[0] == did[1] and did[2] == said and "4" not in did[3]
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token('FGR')}"}
    told = Client().get(f"/api/v1/access/{number}/looked", **bearer).json()
    assert len([each for each in told if each["agency"] == "ATF"]) == 7


def test_who_looked_names_ones_own_people_and_other_agencies_without_theirs() -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client_of("ATF", name="Tom Walker").get(f"/seizures/{number}")
    owner = client_of("FGR")
    owner.get(f"/seizures/{number}")
    words = words_of(owner.get(f"/access/{number}/looked"))
    assert "FGR Ana Ruiz opened the record on a page Criminal investigation" in words
    assert "ATF not disclosed opened the record" in words and "Tom" not in words


@pytest.mark.parametrize("page", ["who", "looked"])
def test_who_else_sees_or_looked_is_for_the_owner_alone(page) -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    viewer = client_of("ATF")
    assert viewer.get(f"/access/{number}/{page}").status_code == 404
    assert page not in words_of(viewer.get(f"/access/{number}/why")).lower().split("views of")[0]
    assert client_of("PD-EP").get(f"/access/{number}/why").status_code == 404


def test_who_looked_needs_its_permission() -> None:
    number = seizure_exists("FGR")
    reader = client_of("FGR", roles=("analyst",))
    assert reader.get(f"/access/{number}/looked").status_code == 403
    assert "Who looked" not in words_of(reader.get(f"/access/{number}/why"))


def test_a_page_that_opened_the_record_explains_it_without_a_second_look_and_the_page_of_why_is_one() -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.POINTER)
    reader = client_of("ATF")

    def looks() -> list[str]:
        rows = AuditEvent.objects.filter(chain="FGR", subject=number, actor_agency="ATF", outcome="disclosed")
        return list(rows.order_by("id").values_list("action", flat=True))

    assert "your agency signed a memorandum" in words_of(reader.get(f"/seizures/{number}"))
    assert looks() == ["seizure.opened"]
    reader.get(f"/access/{number}/why")
    assert looks() == ["seizure.opened", "access.explained"]
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token('ATF')}"}
    assert Client().get(f"/api/v1/access/{number}/explain", **bearer).json()["level"] == "POINTER"
    assert looks() == ["seizure.opened", "access.explained", "access.explained"]
    assert "ATF not disclosed asked why the record is shown" in words_of(client_of("FGR").get(f"/access/{number}/looked"))


def test_who_links_a_memorandum_only_for_those_who_may_read_it() -> None:
    number = seizure_exists("FGR")
    signed = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    link = f'href="/agreements/{signed}"'
    assert link in client_of("FGR").get(f"/access/{number}/who").content.decode()
    shown = client_of("FGR", name="Leo Paz", roles=("recorder",)).get(f"/access/{number}/who").content.decode()
    assert signed in shown and link not in shown
