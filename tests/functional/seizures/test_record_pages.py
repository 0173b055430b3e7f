"""One seizure: what each reader finds on its page, recording, correcting and restricting it."""

import pytest
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.doors.panels import Panel, fill
from cotrace.doors.panels import _slots as slots
from cotrace.files.rules.words import Reason
from cotrace.seizures.rules.completeness import Amount
from cotrace.seizures.selectors import seizure_get
from cotrace.seizures.services.record import Visibility
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.django_db
FORM = {
    "occurred_on": "2026-02-01",
    "state_code": "26",
    "municipio_code": "26043",
    "place": "Bodega",
    "participants": ["MX-SEDENA", "MX-PF"],
    "long_guns": "3",
    "long_guns_reason": "blank",
    "short_guns": "",
    "short_guns_reason": "not_applicable",
    "tear_line": "Three long guns.",
    "cap": "TEAR_LINE",
}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def opened(client: Client, number: str, **headers: str) -> str:
    return words_of(client.get(f"/seizures/{number}", **headers))


def test_the_owner_reads_what_happened_first_and_who_sees_it_after() -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    words = opened(client_of("FGR"), number)
    order = ["Nogales, Sonora, 1 Feb 2026", "What happened", "What was taken", "Tear-line", "Why can I see this?",
             "Who can see this", "Who looked last"]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "You see this in full because your agency owns it." in words
    assert "ATF sees it in full under a memorandum." in words
    assert "Army (SEDENA)" in words and "Persons detained not recorded (left blank)" in words


def test_a_reader_at_the_tear_line_learns_why_whom_to_call_and_nothing_more() -> None:
    number = seizure_exists("FGE-SON")
    signed = memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    words = opened(client_of("ATF"), number)
    assert "You see the tear-line because FGE-SON and your agency signed a memorandum" in words
    assert f"Memorandum {signed}" in words and "Liaison desk FGE-SON" in words
    assert "Two long guns near the border." in words and "Guns were taken" in words
    assert "Ímuris" not in words and "Nogales" not in words and "In crates" not in words
    assert "Who can see this" not in words and "Who looked" not in words and "Correct" not in words


def test_the_owners_limit_is_named_where_it_is_lower_than_the_memorandum() -> None:
    number = seizure_exists("FGE-SON", visibility=Visibility(cap=Level.POINTER))
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    words = opened(client_of("ATF"), number)
    assert "You may know only whom to call" in words
    assert "The owner allows others to know at most whom to call about this record." in words
    assert "2026" not in words.split("Whom to call")[0]


def test_the_reasons_read_in_spanish() -> None:
    number = seizure_exists("FGE-SON")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    words = opened(client_of("ATF"), number, HTTP_ACCEPT_LANGUAGE="es")
    assert "Usted ve el extracto difundible porque FGE-SON y su corporación firmaron un memorando" in words


def test_hidden_and_absent_are_the_same_page() -> None:
    number = seizure_exists("FGR")
    client = client_of("PD-EP")
    hidden, absent = (client.get(f"/seizures/{each}") for each in (number, "SZ-TEST-0000-0000-0000"))
    assert (hidden.status_code, words_of(hidden)) == (404, words_of(absent))


def test_looking_is_on_record_and_shown_to_the_owner_alone() -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    opened(client_of("ATF"), number)
    assert AuditEvent.objects.filter(chain="FGR", subject=number, actor_agency="ATF").count() == 1
    assert "ATF opened the record" in opened(client_of("FGR"), number)


def test_an_upper_subject_fills_its_slot() -> None:
    number = seizure_exists("FGR")

    @fill("seizure.detail", name="tests.sample")
    def sample(principal, subject):
        return Panel("doors/components/facts.html", {"content": f"sample of {subject} for {principal.agency}"})

    try:
        assert f"sample of {number} for FGR" in opened(client_of("FGR"), number)
    finally:
        slots["seizure.detail"].pop("tests.sample")


def test_a_seizure_is_recorded_with_reasons_for_what_was_not_counted() -> None:
    response = client_of("FGR").post("/seizures/new", FORM)
    assert response.status_code == 302
    read = seizure_get(agent("FGR"), number=response["Location"].rsplit("/", 1)[1])
    assert read.amounts is not None and read.cap == Level.TEAR_LINE
    assert read.amounts["long_guns"] == Amount(quantity=3)
    assert read.amounts["short_guns"] == Amount(quantity=None, reason=Reason.NOT_APPLICABLE)
    assert read.amounts["rounds"] == Amount(quantity=None, reason=Reason.BLANK)
    assert read.participants == ("MX-PF", "MX-SEDENA")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"occurred_on": "01/02/2026"}, "Enter a valid date."),
        ({"occurred_on": "2999-01-01"}, "The date lies in the future or before 1900."),
        ({"state_code": "08"}, "The municipality does not lie in the chosen state."),
        ({"long_guns": "-1"}, "The number is negative or too large to be true."),
        ({"long_guns": "many"}, "Enter a whole number."),
        ({"cap": "EVERYTHING"}, "Select a valid choice."),
        ({"notes": "nothing\x1b[2K"}, "This holds characters that do not show. Type it again."),
        ({"tear_line": "two\u202elong guns"}, "This holds characters that do not show. Type it again."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(changes, said) -> None:
    response = client_of("FGR").post("/seizures/new", {**FORM, **changes})
    assert response.status_code == 422
    assert said in words_of(response)
    assert 'value="Bodega"' in response.content.decode()


def test_all_that_is_wrong_is_said_in_one_round() -> None:
    wrong = {"occurred_on": "", "long_guns": "-1", "short_guns": "many", "state_code": "08", "notes": "a\x1b"}
    words = words_of(client_of("FGR").post("/seizures/new", {**FORM, **wrong}))
    for said in (
        "Please fill in this field.",
        "The number is negative or too large to be true.",
        "Enter a whole number.",
        "The municipality does not lie in the chosen state.",
        "This holds characters that do not show. Type it again.",
    ):
        assert words.count(said) == 2, said


def test_lines_of_a_note_as_a_browser_sends_them_are_kept() -> None:
    response = client_of("FGR").post("/seizures/new", {**FORM, "notes": "First line\r\nSecond line"})
    assert response.status_code == 302
    read = seizure_get(agent("FGR"), number=response["Location"].rsplit("/", 1)[1])
    assert read.notes == "First line\nSecond line"


def test_without_script_the_municipalities_of_a_state_are_listed_and_nothing_is_judged() -> None:
    response = client_of("FGR").post("/seizures/new", {"state_code": "26", "place": "x", "list_municipalities": "1"})
    words = words_of(response)
    assert response.status_code == 200 and "Please fill in this field" not in words
    assert "Nogales" in words and "Ahumada" not in words and 'value="x"' in response.content.decode()


def test_with_script_only_the_field_of_municipalities_comes() -> None:
    words = words_of(client_of("FGR").get("/seizures/municipalities", {"state_code": "08"}))
    assert words.startswith("Municipality") and "Ahumada" in words and "Nogales" not in words


def test_a_correction_begins_with_what_is_there_and_goes_on_record() -> None:
    number = seizure_exists("FGR", detained=Amount(quantity=None, reason=Reason.COLUMN_MISSING))
    client = client_of("FGR")
    page = client.get(f"/seizures/{number}/correct").content.decode()
    assert 'value="2026-02-01"' in page and "Carretera a Ímuris km 4" in page
    assert '<option value="column_missing" selected>' in page
    client.post(f"/seizures/{number}/correct", {**FORM, "detained_reason": "column_missing"})
    read = seizure_get(agent("FGR"), number=number)
    assert (read.place, read.detained) == ("Bodega", Amount(quantity=None, reason="column_missing"))
    assert AuditEvent.objects.filter(chain="FGR", action="seizure.edited", subject=number).count() == 1


def test_who_may_see_is_set_with_a_limit_and_a_circle() -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client, viewer = client_of("FGR"), client_of("ATF")
    assert viewer.get(f"/seizures/{number}").status_code == 200
    answer = client.post(f"/seizures/{number}/visibility", {"cap": "NOTHING", "circle": ""}, follow=True)
    assert "From now on, that is who may see it." in answer.content.decode()
    assert viewer.get(f"/seizures/{number}").status_code == 404


def test_only_circles_one_is_in_can_be_set() -> None:
    number = seizure_exists("FGR")
    foreign = circle_open(agent("FGR"), name="Not mine")
    client = client_of("FGR")
    assert "Not mine" not in words_of(client.get(f"/seizures/{number}/visibility"))
    answer = client.post(f"/seizures/{number}/visibility", {"cap": "FULL", "circle": foreign})
    assert answer.status_code == 422


@pytest.mark.parametrize("page", ["correct", "visibility"])
def test_another_agency_cannot_change_what_it_sees_in_full(page) -> None:
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client = client_of("ATF")
    assert client.get(f"/seizures/{number}/{page}").status_code == 404
    assert client.post(f"/seizures/{number}/{page}", {**FORM, "cap": "NOTHING"}).status_code == 404
    assert seizure_get(agent("FGR"), number=number).cap == Level.FULL
