"""Submitting a request: what the form shows, what it asks, what it refuses and what it keeps."""

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from cotrace.foundation import outbox
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.models import Trace, TraceRequest
from cotrace.tracing.rules.request_document import Priority, TraceRequestDocument, parse_request
from cotrace.tracing.rules.request_people import (
    Height,
    Identity,
    LengthUnit,
    Person,
    PersonAddress,
    Submitter,
    Weight,
    WeightUnit,
)
from cotrace.tracing.rules.request_recovery import Circumstances, Known, Restoration, StolenCheckResult
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.views.request_parts import possessor_facts, request_parts
from tests.functional.tracing.asking import FORM, gun_exists, request_exists, result, result_comes
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.unit.tracing.builders import complete_request
from tests.usecases.tracing.world import CALL_BACK, centre_exists

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()
    centre_exists()


@pytest.fixture
def officer() -> Client:
    return client_of("FGE-SON")


def submit(client: Client, gun: str, **changes: str):
    return client.post(f"/traces/submit/{gun}/", {**FORM, **changes})


def opened(client: Client, address: str, **headers: str) -> str:
    return words_of(client.get(address, **headers))


def sent() -> TraceRequestDocument:
    return parse_request(TraceRequest.objects.get().document)


def test_a_gun_says_that_it_was_not_traced_and_leads_to_the_form(officer: Client) -> None:
    gun = gun_exists()
    response = officer.get(f"/firearms/{gun}/")
    assert "This gun has not been traced." in words_of(response)
    assert f'href="/traces/submit/{gun}/"' in response.content.decode()


def test_the_form_shows_what_will_be_sent_and_asks_only_the_rest(officer: Client) -> None:
    response = officer.get(f"/traces/submit/{gun_exists()}/")
    words, html = words_of(response), response.content.decode()
    for known in ("ABC-1234", "Sierra Arms", "9MM", "20 Jan 2024", "Nogales", "Sonora", "Mexico", "Exhibit number 7"):
        assert known in words
    assert "It goes to ATF · Bureau of Alcohol" in words and CALL_BACK in words
    assert 'type="tel" name="agency_phone"' in html and 'type="email" name="agency_email"' in html
    assert 'name="recovery_city"' not in html and 'name="gun' not in html
    assert 'value="Ana Ruiz"' in html


def test_what_was_filled_in_is_sent_and_the_request_opens(officer: Client) -> None:
    response = submit(officer, gun_exists(), agency_other_case_number="HSI-77", special_instructions="Call\r\nfirst")
    number = TraceRequest.objects.get().pk
    assert response["Location"] == f"/traces/{number}"
    document = sent()
    assert (document.agency.case_number, document.agency.other_case_number) == ("FED/SON/118", "HSI-77")
    assert document.possessor is not None and document.possessor.family_names == "Ríos Vega"
    assert document.stolen_check is not None and document.stolen_check.result is StolenCheckResult.NO_RECORD
    assert document.special_instructions == "Call\nfirst"
    page = officer.get(response["Location"])
    words = words_of(page)
    assert "The request was submitted." not in words
    for dialled in (CALL_BACK, "+52 662 555 0101"):
        assert f'<a href="tel:{dialled.replace(" ", "")}">{dialled}</a>' in page.content.decode()
    for said in ("Received", CALL_BACK, "FED/SON/118", "5212 Possession of weapon", "Luis Ríos Vega", "Ana Ruiz"):
        assert said in words


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"agency_case_number": ""}, "agency_case_number", "Please fill in this field."),
        ({"crime_code": ""}, "crime_code", "Please fill in this field."),
        ({"crime_code": "abcd"}, "crime_code", "This does not have the form that its field needs."),
        ({"is_criminal_investigation": ""}, "is_criminal_investigation", "State that the request serves"),
        ({"priority": "urgent"}, "justification", "An urgent request needs a justification."),
        ({"stolen_check_result": "not_run"}, "stolen_check_not_run_because", "Please fill in this field."),
        ({"possessor_family_names": ""}, "possessor_family_names", "Please fill in this field."),
        ({"possessor_birth_date": "2999-01-01"}, "possessor_birth_date", "A date of birth cannot lie in the future."),
        ({"agency_email": "no-es-correo"}, "agency_email", "This is not an e-mail address."),
        ({"agency_phone": "abc"}, "agency_phone", "This is not a telephone number"),
        ({"possessor_birth_date": "03/04/1990"}, "possessor_birth_date", "Enter a valid date."),
        ({"agency_phone": "\u202e5550"}, "agency_phone", "This holds characters that do not show."),
        ({"agency_agency_code": "x"}, "agency_agency_code", "This does not have the form that its field needs."),
        ({"centre": "FGR"}, "centre", "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(officer: Client, changes, field, said) -> None:
    response = submit(officer, gun_exists(), agency_unit="Delitos 2", **changes)
    html = response.content.decode()
    assert response.status_code == 422 and 'value="Delitos 2"' in html
    assert any(said in error for error in response.context["form"].errors[field])
    assert not TraceRequest.objects.exists()


def test_everything_that_is_missing_is_said_at_once(officer: Client) -> None:
    response = submit(officer, gun_exists(), agency_case_number="", priority="urgent", possessor_birth_date="soon")
    assert set(response.context["form"].errors) == {"agency_case_number", "justification", "possessor_birth_date"}
    unread = {"possessor_family_names": "", "agency_agency_code": "x", "priority": "urgent", "justification": ""}
    cannot_be = {"agency_email": "no-es-correo", "agency_phone": "abc", "possessor_birth_date": "2999-12-30"}
    response = submit(officer, gun_exists(), **unread, **cannot_be)
    named = {*unread, *cannot_be} - {"priority"}
    assert set(response.context["form"].errors) == named
    response = submit(officer, gun_exists(), **unread)
    assert set(response.context["form"].errors) == {*unread} - {"priority"}


def test_an_answer_to_a_question_that_is_not_asked_is_not_sent(officer: Client) -> None:
    submit(officer, gun_exists(), justification="Typed, then made routine", stolen_check_not_run_because="x")
    document = sent()
    assert (document.priority, document.justification) == (Priority.ROUTINE, None)
    assert document.stolen_check is not None and document.stolen_check.not_run_because is None


def test_a_gun_that_lacks_something_is_put_right_first(officer: Client) -> None:
    gun = gun_exists(model="", country_of_origin="AT")
    response = officer.get(f"/traces/submit/{gun}/")
    words, html = words_of(response), response.content.decode()
    assert "The description of the gun has to be put right first" in words
    assert "Model: It is missing." in words and "A gun made abroad needs its importer." in words
    back = quote(f"/traces/submit/{gun}/", safe="")
    assert f'href="/firearms/{gun}/correct/?then={back}"' in html and 'name="agency_case_number"' not in html
    assert submit(officer, gun).status_code == 422
    assert not TraceRequest.objects.exists()


def test_a_seizure_whose_date_cannot_be_is_put_right_first(officer: Client) -> None:
    seizure = seizure_exists("FGE-SON", occurred_on=date(1950, 1, 1))
    response = officer.get(f"/traces/submit/{gun_exists(seizure=seizure)}/")
    assert "The date of recovery lies before 1968-10-22" in words_of(response)
    assert f'href="/seizures/{seizure}/correct"' in response.content.decode()


def test_who_may_not_correct_is_led_to_the_record_instead() -> None:
    gun = gun_exists(model="")
    html = client_of("FGE-SON", roles=("submitter",)).get(f"/traces/submit/{gun}/").content.decode()
    assert "Open the gun" in html and "/correct/" not in html
    assert "ask a colleague who may" in html


def test_a_place_that_the_seizure_does_not_say_is_asked(officer: Client) -> None:
    gun = gun_exists(seizure=seizure_exists("FGE-SON", state_code="", municipio_code=""))
    assert 'name="recovery_country"' in officer.get(f"/traces/submit/{gun}/").content.decode()
    wrong = submit(officer, gun, recovery_city="Laredo")
    assert set(wrong.context["form"].errors) == {"recovery_state", "recovery_country"}
    submit(officer, gun, recovery_city="Laredo", recovery_state="Texas", recovery_country="US")
    assert (sent().recovery.city, sent().recovery.country) == ("Laredo", "US")


def test_a_gun_is_traced_once_at_a_time_and_the_page_says_so_before_and_after(officer: Client) -> None:
    gun = gun_exists()
    number = request_exists(gun=gun)
    response = officer.get(f"/traces/submit/{gun}/")
    assert "A request for this gun is under way" in words_of(response)
    assert number in words_of(response) and 'name="agency_case_number"' not in response.content.decode()
    refused = submit(officer, gun, agency_case_number="another")
    assert refused.status_code == 422
    assert "Your agency's request for this gun is still under way." in words_of(refused)
    assert 'value="another"' in refused.content.decode()


def test_after_its_result_a_gun_can_be_asked_about_again_but_not_with_the_same_words(officer: Client) -> None:
    gun = gun_exists()
    submit(officer, gun)
    number = TraceRequest.objects.get().pk
    result_comes(result(number))
    panel = opened(officer, f"/firearms/{gun}/")
    assert "Open the result" in panel and "Submit another trace request" in panel
    assert "This gun was traced before" in opened(officer, f"/traces/submit/{gun}/")
    assert "Your agency submitted this same request before." in words_of(submit(officer, gun))
    assert submit(officer, gun, agency_case_number="another").status_code == 302


def test_the_next_gun_of_a_seizure_begins_with_its_case_and_only_ones_own_telephone(officer: Client) -> None:
    seizure = seizure_exists("FGE-SON")
    submit(officer, gun_exists(seizure=seizure))
    second = gun_exists(seizure=seizure, serial="ABC-9", exhibit_number="8")
    mine = officer.get(f"/traces/submit/{second}/").content.decode()
    assert 'value="FED/SON/118"' in mine and 'value="+52 662 555 0101"' in mine
    assert 'value="Ríos Vega"' not in mine
    colleague = client_of("FGE-SON", name="Leo Paz").get(f"/traces/submit/{second}/")
    theirs = colleague.content.decode()
    assert 'value="FED/SON/118"' in theirs and "+52 662 555 0101" not in theirs and 'value="Leo Paz"' in theirs
    assert "of the same seizure. Please check." in words_of(colleague)


def test_another_case_begins_with_the_telephone_alone(officer: Client) -> None:
    submit(officer, gun_exists())
    html = officer.get(f"/traces/submit/{gun_exists(serial='ABC-9')}/").content.decode()
    assert 'value="+52 662 555 0101"' in html and "FED/SON/118" not in html


def test_where_there_are_several_centres_the_default_one_is_chosen(officer: Client) -> None:
    centre_put(installation_principal(), centre=CentreValues(agency="ICE", call_back="+1 202 555 0188"))
    gun = gun_exists()
    form = officer.get(f"/traces/submit/{gun}/").context["form"]
    assert [value for value, _label in form.fields["centre"].choices] == ["ATF", "ICE"]
    assert form["centre"].value() == "ATF"
    submit(officer, gun, centre="ICE")
    assert TraceRequest.objects.get().centre == "ICE"


def test_where_the_gun_is_goes_along_and_both_sides_read_it(officer: Client) -> None:
    said = {
        "custody_holder": "Servicios Periciales, Hermosillo", "custody_vault": "Bóveda 2", "custody_shelf": "E-14",
        "custody_military_zone": "4/a Zona Militar", "custody_chain_reference": "RCC-2024-118",
        "possessor_alias": "El Güero", "recovery_vehicle": "Pickup blanca, VSR-12-34",
    }  # fmt: skip
    submit(officer, gun_exists(), **said)
    custody = sent().custody
    assert custody is not None and (custody.vault, custody.shelf) == ("Bóveda 2", "E-14")
    outbox.drain()
    number, trace = TraceRequest.objects.get().pk, Trace.objects.get().pk
    for page in (officer.get(f"/traces/{number}"), client_of("ATF").get(f"/centre/traces/{trace}")):
        assert all(each in words_of(page) for each in said.values()), page.request["PATH_INFO"]
    spanish = opened(officer, f"/traces/{number}", HTTP_ACCEPT_LANGUAGE="es-MX")
    assert "Dónde se encuentra ahora Servicios Periciales, Hermosillo" in spanish


def test_all_that_the_paper_form_asks_is_shown_where_a_document_says_it() -> None:
    person = Person(
        family_names="Ríos Vega", given_names="Luis", sex="M", height=Height(value=71, unit=LengthUnit.INCHES),
        weight=Weight(value=80, unit=WeightUnit.KILOGRAMS), birth_place="Caborca", birth_country="MX",
        address=PersonAddress(street="Calle 5", exterior_number="12", neighbourhood="Centro", country="MX"),
        identities=(Identity(kind="INE", number="0123456789", issuer="INE"),),
    )  # fmt: skip
    document = complete_request(
        possessor=person,
        associates=(Person(family_names="Cruz Mora", alias="La Güera"),),
        restoration=Restoration(method="Electrolytic", laboratory="Lab 4"),
        circumstances=Circumstances(arrest_made=Known.YES, gang_related=Known.UNKNOWN),
        submitter=Submitter(agency="FGR", officer_name="Eva Sanz"),
    )
    shown = dict(possessor_facts(document))
    assert {str(label): str(value) for label, value in shown.items()}.items() >= {
        "Height": "71 in", "Weight": "80 kg", "Place of birth": "Caborca", "Country of birth": "Mexico",
        "Address": "Calle 5 12, Centro, Mexico", "Identity documents": "INE 0123456789 (INE)",
    }.items()  # fmt: skip
    assert [group for group, _title, _facts in request_parts(document)] == [
        "restoration", "circumstances", "submitter", "associates",
    ]  # fmt: skip
