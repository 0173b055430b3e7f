"""The lists as pages: every table with its source, the codes of one in both languages, searched and paged."""

import pytest
from django.conf import settings
from django.test import Client

from cotrace.reference.models import Code, CodeTable
from tests.support.pages import cast_exists, client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db) -> Client:
    cast_exists()
    return client_of("FGR")


def test_every_list_stands_with_title_source_version_and_number(client: Client) -> None:
    said = words_of(client.get("/lists/"))
    assert "Fine calibres 321 2026" in said
    assert "Mexican municipalities 2,469 2020" in said
    assert "INEGI, via diegovalle/mxmaps (BSD-3-Clause)" in said and "GunsNPrices (gunsnprices.com), CC-BY-4.0" in said


def test_titles_are_in_the_readers_language(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    said = words_of(client.get("/lists/"))
    assert said.startswith("Catálogos") and "Delitos" in said and "Offences" not in said


def test_every_page_leads_to_the_lists(client: Client) -> None:
    footer = client.get("/").content.decode().split("<footer")[1]
    assert 'href="/lists/"' in footer


def test_a_list_shows_its_codes_in_both_languages_and_where_it_comes_from(client: Client) -> None:
    said = words_of(client.get("/lists/ncic_sex/"))
    assert "F Female Mujer" in said and "M Male Hombre" in said and "3 shown of 3" in said
    assert "FBI NCIC person codes, via NIEM 2.1 (public domain); labels ours" in said and "ncic_sex" in said


def test_what_belongs_to_another_list_says_so_and_places_have_coordinates(client: Client) -> None:
    said = words_of(client.get("/lists/crossing/", {"text": "paso del norte"}))
    assert "2402-PASO-DEL-NORTE" in said and "2402 31.75 -106.49" in said
    assert "1 shown of 1" in said and "With: paso del norte" in said
    assert "Belongs to" not in words_of(client.get("/lists/ncic_sex/"))


def test_words_are_found_in_either_language(client: Client) -> None:
    for text in ("mexico", "MÉXICO", "mx"):
        assert "MX Mexico México" in words_of(client.get("/lists/country/", {"text": text}))


def test_a_long_list_is_paged_by_its_codes(client: Client) -> None:
    first = words_of(client.get("/lists/us_county/"))
    assert "50 shown of 3,143" in first and "01001" in first and "01101" not in first
    later = words_of(client.get("/lists/us_county/", {"at": "01099"}))
    assert "01101" in later and "01099" not in later
    narrowed = client.get("/lists/us_county/", {"text": "condado"}).content.decode()
    assert "?text=condado&amp;at=" in narrowed


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    assert "No code fits this search" in words_of(client.get("/lists/ncic_make/", {"text": "zzzznobody"}))


def test_a_search_that_is_too_long_is_wrong_input(client: Client) -> None:
    assert client.get("/lists/ncic_make/", {"text": "x" * 101}).status_code == 422


def test_a_retired_code_says_so(client: Client) -> None:
    Code.objects.filter(table="ncic_sex", code="U").update(is_retired=True)
    CodeTable.objects.filter(pk="ncic_sex").update(version="2")
    assert "U (retired)" in words_of(client.get("/lists/ncic_sex/"))


def test_without_lists_the_page_says_who_loads_them(client: Client) -> None:
    Code.objects.all().delete()
    CodeTable.objects.all().delete()
    assert "No list is loaded" in words_of(client.get("/lists/"))


def test_a_list_that_is_not_there_is_not_found_and_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get("/lists/nowhere/").status_code == 404
    for address in ("/lists/", "/lists/ncic_sex/"):
        assert Client().get(address).status_code == 302
