"""Memoranda in the browser: drafted, signed by every party, suspended, resumed, ended; read by parties alone."""

from datetime import date

import pytest
from django.test import Client

from cotrace.agencies.models import Agency
from cotrace.foundation import outbox
from cotrace.sharing.holding import holding_kinds
from cotrace.sharing.models import Agreement, AgreementClause
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.world import agent, memorandum
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
FORM = {
    "title_en": "Memorandum on seizures",
    "title_es": "Memorando sobre aseguramientos",
    "others": ["ATF"],
    "purposes": ["criminal_investigation"],
    "theirs_seizure": "TEAR_LINE",
    "ours_seizure": "FULL",
    "starts_on": "2026-01-01",
    "review_on": "2027-01-01",
}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def filled(**changes: object) -> dict[str, object]:
    """Return the form of a draft: nothing is shared but what FORM and the changes say."""
    kinds = [each.kind for each in holding_kinds()]
    nothing = {f"{side}_{kind}": "NOTHING" for side in ("theirs", "ours", "among") for kind in kinds}
    return {**nothing, **FORM, **changes}


def drafted(client: Client, **changes: object) -> str:
    response = client.post("/agreements/new", filled(**changes))
    assert response.status_code == 302, words_of(response)
    return str(response["Location"])


def test_a_draft_holds_one_level_for_each_direction() -> None:
    here = drafted(client_of("FGR"))
    levels = {(each.owner, each.viewer): each.level for each in AgreementClause.objects.all()}
    assert levels == {("FGR", "ATF"): Level.TEAR_LINE, ("ATF", "FGR"): Level.FULL}
    words = words_of(client_of("ATF").get(here))
    assert "It waits for your agency's signature" in words
    assert "ATF its own Tear-line FGR Full its own" in words
    assert "Seizures ATF sees of FGR: Tear-line FGR sees of ATF: Full" in words
    assert "FGR ve de ATF: Completo" in words_of(client_of("ATF", name="Tom Walker").get(here, HTTP_ACCEPT_LANGUAGE="es"))


def test_with_several_parties_the_others_get_a_level_among_each_other() -> None:
    drafted(client_of("FGR"), others=["ATF", "ICE"], among_seizure="POINTER")
    levels = {(each.owner, each.viewer): each.level for each in AgreementClause.objects.all()}
    assert levels[("ATF", "ICE")] == levels[("ICE", "ATF")] == Level.POINTER
    assert len(levels) == 6


def test_nothing_is_shared_before_the_last_signature_and_all_of_it_after() -> None:
    seizure_exists("FGR")
    ours, theirs = client_of("FGR"), client_of("ATF")
    here = drafted(ours)
    assert "After yours, this signature is still missing: ATF." in words_of(ours.get(f"{here}/sign"))
    assert "into force when every party has signed" in ours.post(f"{here}/sign", follow=True).content.decode()
    assert "No seizures yet" in words_of(theirs.get("/seizures/"))
    assert "Yours is the last signature: each party sees at once" in words_of(theirs.get(f"{here}/sign"))
    assert "the memorandum is in force" in theirs.post(f"{here}/sign", follow=True).content.decode()
    assert "FGR Tear-line" in words_of(theirs.get("/seizures/"))


def test_signing_twice_is_refused_and_not_offered() -> None:
    client = client_of("FGR")
    here = drafted(client)
    client.post(f"{here}/sign")
    assert client.post(f"{here}/sign").status_code == 409
    assert client.get(f"{here}/sign")["Location"] == here


@pytest.mark.parametrize(
    ("act", "state", "said"),
    [
        ("suspend", "suspended", "At once, no party sees anything of another under this memorandum: ATF, FGR."),
        ("end", "ended", "This cannot be taken back"),
    ],
)
def test_closing_says_its_consequences_first_and_closes_at_once(act, state, said) -> None:
    seizure_exists("FGR")
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    theirs = client_of("ATF")
    assert "FGR Full" in words_of(theirs.get("/seizures/"))
    ours = client_of("FGR")
    assert said in words_of(ours.get(f"/agreements/{number}/{act}"))
    assert Agreement.objects.get(pk=number).state == "in_force"
    ours.post(f"/agreements/{number}/{act}")
    assert Agreement.objects.get(pk=number).state == state
    assert "No seizures yet" in words_of(theirs.get("/seizures/"))


def test_a_draft_is_withdrawn_not_ended() -> None:
    client = client_of("FGR")
    here = drafted(client)
    assert "Withdraw the draft" in words_of(client.get(here)) and "End the memorandum" not in words_of(client.get(here))
    client.cookies["cotrace_language"] = "es"
    assert "¿Retirar el borrador «" in words_of(client.get(f"{here}/end"))
    assert "El borrador quedó retirado." in client.post(f"{here}/end", follow=True).content.decode()
    assert "Borrador retirado" in words_of(client.get("/agreements/"))
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    assert "Dar por terminado" in words_of(client.get(f"/agreements/{number}"))
    client.cookies["cotrace_language"] = "en"
    assert "The memorandum has ended." in client.post(f"/agreements/{number}/end", follow=True).content.decode()


def test_only_the_party_that_suspended_is_offered_to_resume() -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    mine, theirs = client_of("ATF"), client_of("FGR")
    mine.post(f"/agreements/{number}/suspend")
    assert f"/agreements/{number}/resume" in mine.get(f"/agreements/{number}").content.decode()
    assert f"/agreements/{number}/resume" not in theirs.get(f"/agreements/{number}").content.decode()
    assert theirs.post(f"/agreements/{number}/resume").status_code == 409
    assert Agreement.objects.get(pk=number).state == "suspended"


def test_a_suspended_memorandum_is_resumed_and_an_ended_one_is_not() -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client = client_of("ATF")
    client.post(f"/agreements/{number}/suspend")
    client.post(f"/agreements/{number}/resume")
    assert Agreement.objects.get(pk=number).state == "in_force"
    client.post(f"/agreements/{number}/end")
    assert client.get(f"/agreements/{number}/resume").status_code == 409
    assert client.post(f"/agreements/{number}/resume").status_code == 409


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"others": []}, "Please fill in this field."),
        ({"among_seizure": "FULL"}, "This speaks of two or more other parties."),
        ({"ends_on": "2025-01-01"}, "The last day lies before the first."),
        ({"review_on": "2025-01-01"}, "The review lies before the first day."),
        ({"theirs_seizure": "NOTHING", "ours_seizure": "NOTHING"}, "Choose for at least one category what is shared."),
        ({"others": ["NOBODY"]}, "Select a valid choice."),
        ({"starts_on": "1.1.2026"}, "Enter a valid date."),
    ],
)
def test_what_is_wrong_with_a_draft_stands_beside_its_field(changes, said) -> None:
    response = client_of("FGR").post("/agreements/new", filled(**changes))
    assert response.status_code == 422 and said in words_of(response)
    assert not Agreement.objects.exists()


def test_traces_of_a_centre_are_offered_where_they_can_be_had_alone() -> None:
    assert "theirs_trace_request" in client_of("FGR").get("/agreements/new").content.decode()
    assert "Traces of the tracing centre" not in words_of(client_of("FGR", name="Leo Paz").get("/agreements/new"))
    centre_exists()
    client = client_of("FGR", name="Eva Luna")
    form = client.get("/agreements/new").context["form"]
    offered = {name for name in form.fields if name.endswith("_trace")}
    assert offered == {"ours_trace", "among_trace"}
    words = words_of(client.get("/agreements/new", HTTP_ACCEPT_LANGUAGE="es"))
    assert "Rastreos del centro de rastreo (ATF)" in words
    refused = client.post("/agreements/new", filled(others=["ICE"], ours_trace="FULL"))
    assert refused.status_code == 422 and "None of the parties you chose has such records." in words_of(refused)
    drafted(client, others=["ATF", "ICE"], ours_trace="FULL")
    clauses = AgreementClause.objects.filter(category="trace")
    assert [(each.owner, each.viewer) for each in clauses] == [("ATF", "FGR")]


def test_what_the_others_see_of_each_other_needs_two_others() -> None:
    Agency.objects.exclude(code__in=("FGR", "ATF")).update(is_active=False)
    client = client_of("FGR")
    page = client.get("/agreements/new")
    assert not any(name.startswith("among_") for name in page.context["form"].fields)
    assert "see of each other" not in words_of(page)
    Agency.objects.filter(code="ICE").update(is_active=True)
    assert "counts only where you choose two or more" in words_of(client.get("/agreements/new"))


def test_a_draft_begins_with_what_another_memorandum_says() -> None:
    client = client_of("FGR")
    here = drafted(client, legal_basis="Article 1", others=["ATF", "ICE"], among_seizure="POINTER")
    client.post(f"{here}/end")
    link = f"/agreements/new?base={here.rsplit('/', 1)[1]}"
    assert f'href="{link}"' in client.get(here).content.decode()
    page = client.get(link)
    assert "Filled in from “Memorandum on seizures”." in words_of(page) and "the lowest is chosen" not in words_of(page)
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    assert said["others"] == ["ATF", "ICE"] and said["legal_basis"] == "Article 1"
    assert (said["theirs_seizure"], said["ours_seizure"], said["among_seizure"]) == ("TEAR_LINE", "FULL", "POINTER")
    again = {name: value for name, value in said.items() if value is not None}
    sent = client.post(link, {**again, "starts_on": "2026-01-01", "review_on": "2027-01-01", "title_en": "Second"})
    assert sent.status_code == 302 and sent["Location"] != here
    second, first = Agreement.objects.get(title_en="Second"), Agreement.objects.get(state="ended")
    levels = [set(each.clauses.values_list("owner", "viewer", "category", "level")) for each in (first, second)]
    assert levels[0] == levels[1] and first.title_en == "Memorandum on seizures"


def test_a_base_that_gives_parties_different_levels_fills_in_the_lowest() -> None:
    clauses = (Clause(owner="FGR", viewer="ATF", category="*", level=Level.FULL),)
    draft = AgreementDraft(
        title_en="Uneven", title_es="Desigual", legal_basis="", purposes=("criminal_investigation",),
        parties=("FGR", "ATF", "ICE"), clauses=clauses, starts_on=date(2026, 1, 1), review_on=date(2027, 1, 1),
    )  # fmt: skip
    number = agreement_draft(agent("FGR"), draft=draft)
    page = client_of("FGR").get(f"/agreements/new?base={number}", HTTP_ACCEPT_LANGUAGE="es")
    assert "se eligió el más bajo" in words_of(page)
    assert page.context["form"]["theirs_seizure"].value() == "NOTHING"
    even = client_of("ATF").get(f"/agreements/new?base={memorandum(owner='FGR', viewer='ATF', category='*', level=Level.FULL)}")
    assert even.context["form"]["ours_seizure"].value() == "FULL" and "the lowest is chosen" not in words_of(even)


def test_a_memorandum_of_others_is_no_base_and_a_reader_is_not_offered_one() -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    stranger = client_of("PD-EP")
    assert stranger.get(f"/agreements/new?base={number}").status_code == 404
    assert stranger.get("/agreements/new?base=AG-TEST-0000-0000-0000").status_code == 404
    assert "base of another draft" not in words_of(client_of("FGR", roles=("analyst",)).get(f"/agreements/{number}"))


def test_who_is_no_party_finds_neither_page_nor_act() -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    stranger = client_of("PD-EP")
    for page in ("", "/sign", "/suspend", "/end"):
        assert stranger.get(f"/agreements/{number}{page}").status_code == 404
    assert stranger.post(f"/agreements/{number}/end").status_code == 404
    assert "Your agency is party to no memorandum yet" in words_of(stranger.get("/agreements/"))


def test_the_list_says_where_each_stands_in_the_readers_language() -> None:
    client = client_of("FGR")
    drafted(client)
    words = words_of(client.get("/agreements/", HTTP_ACCEPT_LANGUAGE="es"))
    assert "Memorando sobre aseguramientos ATF, FGR Borrador, espera la firma de su corporación 1 ene 2026" in words


def test_a_role_that_may_only_read_is_offered_no_act() -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    reader = client_of("FGR", roles=("analyst",))
    words = words_of(reader.get(f"/agreements/{number}"))
    assert "Suspend" not in words and "Who sees what" in words
    assert reader.get(f"/agreements/{number}/end").status_code == 403


def test_those_who_may_sign_are_told_and_led_to_the_page() -> None:
    theirs = client_of("ATF")
    here = drafted(client_of("FGR"))
    outbox.drain()
    page = theirs.get("/notices/").content.decode()
    assert "A memorandum waits for your agency" in page and f'href="{here}"' in page
