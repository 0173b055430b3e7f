"""One gun: describing it from its seizure, what each reader finds on its page, correcting it."""

import re

import pytest
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.firearms.models import Firearm
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.firearms.selectors import firearm_get
from cotrace.firearms.services import firearm_describe
from cotrace.seizures.services.record import Visibility
from cotrace.sharing.rules.levels import Level
from tests.support.pages import cast_exists, client_of, flat, seizure_exists, words_of
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.django_db
NOWHERE = "FA-TEST-0000-0000-0000"
FORM = {
    "type_code": "PI",
    "make": "Glock",
    "make_code": "GLC",
    "codes_for": "Glock",
    "model": "19 Gen4",
    "calibre": "9x19",
    "calibre_code": "9",
    "serial": "ABC-1234",
    "serial_condition": "read",
    "importer_mark": "marked",
    "importer": "Glock Inc, Smyrna, GA",
    "country_of_origin": "AT",
    "exhibit_number": "A-1",
    "markings": "Proof mark of Vienna",
}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


@pytest.fixture
def seizure() -> str:
    return seizure_exists("FGR")


def gun_exists(seizure: str, *, agency: str = "FGR", **changes: object) -> str:
    """Describe a gun of a seizure; return its number."""
    given: dict[str, object] = {
        "type_code": "PI", "make_code": "GLC", "make": "Glock", "model": "19", "calibre": "9x19",
        "calibre_code": "9", "serial": "ABC-1234", "exhibit_number": "1", "country_of_origin": "AT",
        "importer": "Glock Inc, Smyrna, GA", "importer_mark": ImporterMark.MARKED, "markings": "Crest on the slide",
    }  # fmt: skip
    return firearm_describe(agent(agency), seizure=seizure, values=FirearmValues(**(given | changes)))  # type: ignore[arg-type]


@pytest.fixture
def expert(cast) -> Client:
    return client_of("FGR")


def described(client: Client, seizure: str, **changes: str):
    """Post the form of a new gun."""
    return client.post(f"/firearms/describe/{seizure}/", {**FORM, **changes})


def opened(client: Client, number: str, **headers: str) -> str:
    return words_of(client.get(f"/firearms/{number}/", **headers))


def test_a_gun_is_described_as_it_was_copied_from_the_metal(expert, seizure) -> None:
    response = described(expert, seizure)
    number = Firearm.objects.get().pk
    assert response.status_code == 302 and response["Location"] == f"/firearms/{number}/"
    read = firearm_get(agent("FGR"), number=number)
    assert (read.seizure, read.make, read.make_code, read.serial) == (seizure, "Glock", "GLC", "ABC-1234")
    assert (read.importer_mark, read.country_of_origin, read.exhibit_number) == (ImporterMark.MARKED, "AT", "A-1")


def test_lines_of_markings_as_a_browser_sends_them_are_kept(expert, seizure) -> None:
    assert described(expert, seizure, markings="Proof mark\r\nCrown over N").status_code == 302
    number = Firearm.objects.get().pk
    assert firearm_get(agent("FGR"), number=number).markings == "Proof mark\nCrown over N"


def test_the_next_gun_of_the_seizure_can_follow_at_once(expert, seizure) -> None:
    response = described(expert, seizure, and_next="1")
    assert response["Location"] == f"/firearms/describe/{seizure}/"
    page = expert.get(response["Location"])
    assert f"The gun was described: {Firearm.objects.get().pk}." in page.content.decode()
    assert "ABC-1234" not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"type_code": ""}, "type_code", "Please fill in this field."),
        ({"type_code": "QQ"}, "type_code", "Select a valid choice."),
        ({"make": "", "make_code": ""}, "make", "Please fill in this field."),
        ({"make_code": "no code"}, "make_code", "This is not an NCIC code of a make."),
        ({"serial": ""}, "serial", "Please fill in this field."),
        ({"serial": "ABC?234"}, "serial", "A serial with question marks was not fully read."),
        ({"serial_condition": "partial"}, "serial", "Mark each character that could not be read"),
        ({"serial_condition": "obliterated"}, "serial", "A serial is given although none could be read."),
        ({"importer": ""}, "importer", "Please fill in this field."),
        ({"importer_mark": "absent"}, "importer", "An importer is named although no importer's mark was found."),
        ({"country_of_origin": "QQ"}, "country_of_origin", "Select a valid choice."),
        ({"markings": "x" * 1001}, "markings", "This is too long; at most 1000 characters."),
        ({"model": "M" * 101}, "model", "This is too long; at most 100 characters."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(expert, seizure, changes, field, said) -> None:
    response = described(expert, seizure, **changes)
    html = response.content.decode()
    assert response.status_code == 422 and not Firearm.objects.exists()
    beside = re.search(rf'id="id_{field}_error">(.*?)</div>', html, re.S)
    assert beside and said in words_of(response)
    kept = {**FORM, **changes}
    typed = dict(re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', html))
    for name in ("make", "model", "calibre", "serial", "importer", "exhibit_number"):
        assert typed.get(name, "") == kept[name], name
    assert kept["markings"] in html
    for code in ("9", kept["type_code"], kept["country_of_origin"]):
        assert (f'<option value="{code}" selected>' in html) == (code != "QQ"), code


def test_an_exhibit_number_is_taken_once(expert, seizure) -> None:
    described(expert, seizure)
    response = described(expert, seizure, serial="XYZ-1")
    assert response.status_code == 422
    assert "A gun of this seizure has this exhibit number already." in words_of(response)


def test_a_make_whose_codes_were_not_seen_is_asked_about_once(expert, seizure) -> None:
    asked = described(expert, seizure, make="Taurus", make_code="", codes_for="")
    words = words_of(asked)
    assert asked.status_code == 422 and "Choose the code that fits this make, or say that none does." in words
    assert "TAS Taurus (Brazil)" in words and 'name="codes_for" value="Taurus"' in asked.content.decode()
    assert described(expert, seizure, make="Taurus", make_code="", codes_for="Taurus").status_code == 302
    assert Firearm.objects.get().make == "Taurus"


def test_a_code_chosen_for_another_name_is_not_kept_by_oversight(expert, seizure) -> None:
    asked = described(expert, seizure, make="Norinco", make_code="GLC", codes_for="Glock")
    assert asked.status_code == 422
    assert re.search(r'value="NON"[^>]* checked', asked.content.decode())


def test_the_answer_that_no_code_fits_is_not_overruled(expert, seizure) -> None:
    none = r'name="make_code" value="" checked'
    wrong = described(expert, seizure, make_code="", serial="")
    assert wrong.status_code == 422 and re.search(none, wrong.content.decode())
    described(expert, seizure, make_code="")
    number = Firearm.objects.get().pk
    assert Firearm.objects.get().make_code == ""
    assert re.search(none, expert.get(f"/firearms/{number}/correct/").content.decode())


def test_a_make_that_no_code_fits_is_kept_as_it_is_written(expert, seizure) -> None:
    assert described(expert, seizure, make="Sierra Qwertz", make_code="", codes_for="").status_code == 302
    assert (Firearm.objects.get().make, Firearm.objects.get().make_code) == ("Sierra Qwertz", "")


def test_a_beginning_becomes_the_name_of_its_code(expert, seizure) -> None:
    described(expert, seizure, make="smi", make_code="SW", codes_for="smi")
    assert (Firearm.objects.get().make, Firearm.objects.get().make_code) == ("Smith & Wesson", "SW")


def test_without_script_the_codes_of_a_make_are_listed_and_nothing_is_judged(expert, seizure) -> None:
    given = {"make": "glock", "serial": "12?", "is_privately_made": "on", "find_codes": "1"}
    response = expert.post(f"/firearms/describe/{seizure}/", given)
    html = response.content.decode()
    assert response.status_code == 200 and "required." not in words_of(response)
    assert re.search(r'value="GLC"[^>]* checked', html) and "GLD Glock (Smyrna, GA)" in words_of(response)
    assert 'value="12?"' in html and re.search(r'name="is_privately_made"[^>]* checked', html)


def test_with_script_only_the_codes_come(expert) -> None:
    words = words_of(expert.get("/firearms/makes/", {"make": "glo", "make_code": "GLD"}))
    assert words.startswith("NCIC code of the make") and "GLC Glock" in words and "Serial number" not in words
    assert "No code fits what is written." in words_of(expert.get("/firearms/makes/", {"make": "qwertz"}))


def test_a_foreign_gun_without_a_look_for_its_importer_is_asked_about_once(expert, seizure) -> None:
    given = {"importer": "", "importer_mark": "not_examined"}
    asked = described(expert, seizure, **given)
    assert asked.status_code == 422 and "This gun was made abroad. Look for an importer's mark" in words_of(asked)
    assert 'name="importer_asked" value="AT"' in asked.content.decode()
    assert described(expert, seizure, **given, importer_asked="MX").status_code == 422
    assert described(expert, seizure, **given, importer_asked="AT").status_code == 302


@pytest.mark.parametrize(
    "given",
    [
        {"country_of_origin": "US", "importer": "", "importer_mark": "not_examined"},
        {"country_of_origin": "", "importer": "", "importer_mark": "not_examined"},
        {"importer": "", "importer_mark": "absent"},
    ],
)
def test_nobody_is_asked_for_an_importer_that_need_not_be(expert, seizure, given) -> None:
    assert described(expert, seizure, **given).status_code == 302


def test_an_importer_that_is_named_was_found_on_the_gun(expert, seizure) -> None:
    described(expert, seizure, importer_mark="not_examined")
    assert Firearm.objects.get().importer_mark == ImporterMark.MARKED


def test_a_privately_made_gun_needs_neither_make_nor_serial(expert, seizure) -> None:
    given = {"make": "", "make_code": "", "serial": "", "model": "", "serial_condition": "none"}
    response = described(expert, seizure, is_privately_made="on", **given)
    assert response.status_code == 302
    assert opened(expert, Firearm.objects.get().pk).startswith(
        "Pistol, semi-automatic Privately made gun, 9x19"
    )


def test_the_owner_reads_the_gun_first_and_who_sees_it_after(expert, seizure) -> None:
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    words = opened(expert, number)
    order = ["Glock 19, 9x19", "Serial number: ABC-1234", seizure, "What it is", "GLC · Glock", "Austria",
             "Serial number and importer", "Read whole", "Glock Inc, Smyrna, GA", "Crest on the slide", "This record",
             "Exhibit number 1", "Why can I see this?", "Who can see this", "Who looked last"]  # fmt: skip
    places = [words.find(each) for each in order]
    assert -1 not in places and places == sorted(places), places
    assert "ATF sees it in full under a memorandum." in words and "Last corrected never" in words


def test_what_was_not_recorded_reads_otherwise_than_what_is_not_shared(expert, seizure) -> None:
    number = gun_exists(seizure, model="", serial="", serial_condition=SerialCondition.OBLITERATED)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.TEAR_LINE)
    own, shared = opened(expert, number), opened(client_of("ATF"), number)
    assert "Model not recorded" in own and "Model not recorded" in shared
    assert "Serial number not recorded (none can be read)" in own and "not shared" not in own
    assert "Serial number not shared" in shared and "Importer not shared" in shared


def test_a_reader_at_the_tear_line_learns_the_kind_of_gun_and_never_its_serial(seizure) -> None:
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.TEAR_LINE)
    response = client_of("ATF").get(f"/firearms/{number}/")
    words = words_of(response)
    assert "Glock 19, 9x19" in words and "Liaison desk FGR" in words and "Read whole" in words
    for secret in ("ABC", "Smyrna", "Crest", seizure, "Described", "Correct", "Who looked"):
        assert secret not in response.content.decode().split("<main", 1)[1].split("<footer")[0], secret


def test_a_reader_at_the_pointer_learns_whom_to_call_and_nothing_of_the_gun() -> None:
    seizure = seizure_exists("FGR", visibility=Visibility(cap=Level.POINTER))
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    words = opened(client_of("ATF"), number)
    assert "A gun of FGR" in words and "You may know only whom to call" in words and "Liaison desk FGR" in words
    assert "Glock" not in words and "Pistol" not in words and "not shared" not in words


def test_a_reader_in_full_of_another_agency_still_learns_whom_to_call(seizure) -> None:
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    words = opened(client_of("ATF"), number)
    assert "ABC-1234" in words and "Liaison desk FGR" in words and "Correct" not in words


@pytest.mark.parametrize("page", ["", "correct/"])
def test_another_agencys_gun_and_one_that_is_not_there_are_the_same_page(seizure, page) -> None:
    number, client = gun_exists(seizure), client_of("PD-EP")
    hidden, absent = (client.get(f"/firearms/{each}/{page}") for each in (number, NOWHERE))
    assert hidden.status_code == absent.status_code == 404
    assert words_of(hidden) == words_of(absent)


def test_another_agencys_seizure_and_one_that_is_not_there_are_the_same_page(seizure) -> None:
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    client = client_of("ATF")
    asked = [client.get(f"/firearms/describe/{each}/") for each in (seizure, "SZ-TEST-0000-0000-0000")]
    sent = [described(client, each) for each in (seizure, "SZ-TEST-0000-0000-0000")]
    assert {each.status_code for each in (*asked, *sent)} == {404}
    assert len({words_of(each) for each in (*asked, *sent)}) == 1 and not Firearm.objects.exists()


def test_looking_is_on_record_and_shown_to_the_owner(expert, seizure) -> None:
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    opened(client_of("ATF"), number)
    assert AuditEvent.objects.filter(chain="FGR", subject=number, action="firearm.opened").count() == 1
    assert "ATF opened the record" in opened(expert, number)


def test_a_correction_begins_with_what_is_there_and_goes_on_record(expert, seizure) -> None:
    number = gun_exists(seizure)
    page = expert.get(f"/firearms/{number}/correct/")
    html = page.content.decode()
    assert "Trace requests already made keep what they said." in words_of(page)
    assert 'value="ABC-1234"' in html and re.search(r'value="GLC"[^>]* checked', html)
    assert '<option value="AT" selected>' in html and '<option value="9" selected>' in html
    saved = expert.post(f"/firearms/{number}/correct/", {**FORM, "serial": "A8C-1234"}, follow=True)
    assert "The correction was saved." in saved.content.decode() and "A8C-1234" in words_of(saved)
    assert AuditEvent.objects.filter(chain="FGR", action="firearm.corrected", subject=number).count() == 1


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [
        ("/traces/submit/X", "/traces/submit/X"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_correction_leads_back_to_the_page_that_asked_for_it(expert, seizure, then, leads_to) -> None:
    here = f"/firearms/{gun_exists(seizure)}/"
    page = expert.get(f"{here}correct/", {"then": then}).content.decode()
    assert ('name="then"' in page) == bool(leads_to)
    assert expert.post(f"{here}correct/", {**FORM, "then": then})["Location"] == (leads_to or here)


def test_a_gun_leads_to_the_next_of_its_seizure(expert, seizure) -> None:
    page = expert.get(f"/firearms/{gun_exists(seizure)}/").content.decode()
    assert f"/firearms/describe/{seizure}/" in page


def test_a_correction_that_is_wrong_says_so_and_keeps_what_was_typed(expert, seizure) -> None:
    number = gun_exists(seizure)
    response = expert.post(f"/firearms/{number}/correct/", {**FORM, "serial": "A8?-1234"})
    assert response.status_code == 422 and 'value="A8?-1234"' in response.content.decode()
    assert firearm_get(agent("FGR"), number=number).serial == "ABC-1234"


def test_another_agency_cannot_correct_what_it_sees_in_full(seizure) -> None:
    number = gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    client = client_of("ATF")
    assert client.get(f"/firearms/{number}/correct/").status_code == 404
    assert client.post(f"/firearms/{number}/correct/", FORM).status_code == 404
    assert firearm_get(agent("FGR"), number=number).exhibit_number == "1"


def guns_panel(client: Client, seizure: str, **headers: str) -> str:
    """Return the words of the panel of guns on a seizure's page, empty where it is not there."""
    words = words_of(client.get(f"/seizures/{seizure}", **headers))
    start = {"": "Guns described", "es": "Armas descritas"}[headers.get("HTTP_ACCEPT_LANGUAGE", "")]
    end = {"": "This record", "es": "Este registro"}[headers.get("HTTP_ACCEPT_LANGUAGE", "")]
    return words[words.index(start) : words.index(end)] if start in words else ""


def test_a_seizure_without_guns_says_what_to_do_first(expert, seizure) -> None:
    words = guns_panel(expert, seizure)
    assert "No gun is described yet" in words and "Take one gun in hand" in words and "Describe a gun" in words


def test_who_may_not_describe_finds_no_button_that_leads_nowhere(seizure) -> None:
    words = guns_panel(client_of("FGR", roles=("prosecutor",)), seizure)
    assert "An expert or a recorder of your agency describes each gun" in words and "Describe a gun" not in words


def test_the_guns_of_a_seizure_stand_by_exhibit_each_leading_to_its_page(expert, seizure) -> None:
    ten = gun_exists(seizure, exhibit_number="10", serial="", serial_condition=SerialCondition.OBLITERATED)
    two = gun_exists(seizure, exhibit_number="2", serial="XY?1", serial_condition=SerialCondition.PARTIAL)
    words = guns_panel(expert, seizure)
    assert words.index("2 Pistol, semi-automatic Glock 19, 9x19 XY?1 Read in part") < words.index(
        "10 Pistol, semi-automatic Glock 19, 9x19 not recorded (none can be read) Obliterated"
    )
    html = expert.get(f"/seizures/{seizure}").content.decode()
    assert f'href="/firearms/{two}/">2</a>' in html and f'href="/firearms/{ten}/">10</a>' in html


def test_a_reader_in_full_of_another_agency_sees_the_guns_and_no_button(seizure) -> None:
    gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    words = guns_panel(client_of("ATF"), seizure)
    assert "ABC-1234" in words and "Describe a gun" not in words


def test_a_reader_of_the_seizure_alone_cannot_tell_hidden_guns_from_none(seizure) -> None:
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client = client_of("ATF")
    before = guns_panel(client, seizure)
    gun_exists(seizure)
    assert "No described gun that you may see" in before and guns_panel(client, seizure) == before


def test_guns_seen_at_the_tear_line_show_no_exhibit_and_no_serial(seizure) -> None:
    gun_exists(seizure, exhibit_number="EX-77")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    memorandum(owner="FGR", viewer="ATF", category="firearm", level=Level.TEAR_LINE)
    words = guns_panel(client_of("ATF"), seizure)
    assert "not shared Pistol, semi-automatic Glock 19, 9x19 not shared Read whole" in words
    assert "EX-77" not in words and "ABC" not in words


@pytest.mark.parametrize("level", [Level.TEAR_LINE, Level.POINTER])
def test_below_full_a_seizure_shows_nothing_of_its_guns(seizure, level) -> None:
    gun_exists(seizure)
    memorandum(owner="FGR", viewer="ATF", category="*", level=level)
    client = client_of("ATF")
    assert client.get(f"/seizures/{seizure}").status_code == 200
    assert guns_panel(client, seizure) == ""


def test_everything_reads_in_spanish(expert, seizure) -> None:
    number, es = gun_exists(seizure), {"HTTP_ACCEPT_LANGUAGE": "es"}
    panel = guns_panel(expert, seizure, **es)
    assert "Describir un arma" in panel and "Pistola semiautomática" in panel and "Leído completo" in panel
    words = opened(expert, number, **es)
    assert flat("Marca de importador Encontrada en el arma") in words and "País de origen Austria" in words
    form = words_of(expert.get(f"/firearms/{number}/correct/", **es))
    assert "Corregir un arma" in form and "conservan lo que decían" in form and "Marca del importador" not in form
    asked = expert.post(
        f"/firearms/describe/{seizure}/", {**FORM, "importer": "", "importer_mark": "not_examined"}, **es
    )
    assert "Esta arma se fabricó en el extranjero." in words_of(asked)


def test_a_misspelt_make_offers_the_make_that_is_meant_and_keeps_what_is_written(expert, seizure) -> None:
    for text, label in (("BARETTA", "BER Beretta"), ("Smith y Wesson", "SW Smith & Wesson"), ("PSA", "PAA Palmetto State Armory")):
        assert label in words_of(expert.get("/firearms/makes/", {"make": text})), text
    described(expert, seizure, make="BARETTA", make_code="BER", codes_for="BARETTA")
    gun = Firearm.objects.get()
    assert (gun.make, gun.make_code) == ("BARETTA", "BER")


def proposed(client: Client, **asked: str) -> tuple[str, str]:
    """Return the NCIC code of the calibre that the form shows, and the one that it calls a proposal."""
    html = client.get("/firearms/calibres/", asked).content.decode()
    shown = re.search(r'value="([^"]*)" selected', html)
    marked = re.search(r'name="calibre_proposed" value="([^"]*)"', html)
    return shown[1] if shown else "", marked[1] if marked else "none"


def test_the_code_that_covers_a_calibre_is_proposed_and_ones_own_choice_stays(expert) -> None:
    assert proposed(expert, calibre="7.62 x 39 mm") == ("762", "762")
    assert proposed(expert, calibre="38 súper") == ("38", "38")
    assert proposed(expert, calibre="9 mm", calibre_code="762", calibre_proposed="762") == ("9", "9")
    assert proposed(expert, calibre="9 mm", calibre_code="762") == ("762", "")
    assert proposed(expert, calibre="5.7x28") == proposed(expert, calibre="qwertz") == ("", "")
    said = words_of(expert.get("/firearms/calibres/", {"calibre": "calibre 12"}))
    assert "Proposed for 12 gauge." in said


def test_without_script_the_code_of_the_calibre_comes_with_those_of_the_make(expert, seizure) -> None:
    html = expert.post(f"/firearms/describe/{seizure}/", {"calibre": ".223", "find_codes": "1"}).content.decode()
    assert 'value="223" selected' in html and 'name="calibre_proposed" value="223"' in html


def test_a_proposal_never_stands_in_the_way(expert, seizure) -> None:
    described(expert, seizure, calibre="7.62x39", calibre_code="")
    described(expert, seizure, calibre="7.62x39", calibre_code="9", exhibit_number="2")
    assert list(Firearm.objects.order_by("exhibit_number").values_list("calibre_code", flat=True)) == ["9", ""]
