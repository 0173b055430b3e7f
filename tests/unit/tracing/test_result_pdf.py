"""A result on paper: what it says in both languages, how it is built, and that nothing in it can act."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cotrace.tracing.exports.result_pdf import result_pdf
from cotrace.tracing.rules.answers import AnswerKind, Purchaser
from cotrace.tracing.rules.chain import Finding
from cotrace.tracing.rules.time_to_crime import time_to_crime
from tests.support.pdf import catalogue, read, tags, text_of
from tests.unit.tracing.builders import DEALER, GUN, NOON, SOLD_ON
from tests.unit.tracing.result_builders import (
    CHAIN,
    REQUEST_NUMBER,
    TRACE_NUMBER,
    failed_result,
    outcome,
    reader,
    ref,
    result,
)

COMMON = (
    REQUEST_NUMBER,
    TRACE_NUMBER,
    "Avery Núñez Lund",
    "Paso Guns",
    DEALER.number,
    "ABC-1234",
    "Sierra Arms S17",
    "CI-2024/118",
    "Ciudad Juárez, Chihuahua",
    "219",
    "INV-7",
    "ATF",
)
WORDS = {
    "en": (
        "Trace result",
        "Purchaser identified",
        "Outcome P1",
        "A lead, not evidence.",
        "Born 17 May 1988",
        "12 Lindero Rd, El Paso, TX 79901, United States",
        "15 Jun 2023",
        "20 Jan 2024",
        "219 days",
        "Nothing is missing. Before you use this as evidence, a certified record",
        "international legal assistance",
        "Copy of Ana Ruiz, FGE-SON, opened on 2 Mar 2026, 18:00 UTC.",
        "Page 1 of 1",
        "LAW ENFORCEMENT SENSITIVE",
    ),
    "es": (
        "Resultado de rastreo",
        "Comprador identificado",
        "Clave P1",
        "Pista de investigación, no prueba.",
        "Nació el 17 may 1988",
        "12 Lindero Rd, El Paso, TX 79901, Estados Unidos",
        "15 jun 2023",
        "20 ene 2024",
        "219 días",
        "No falta nada. Antes de usar este dato como prueba",
        "asistencia jurídica internacional",
        "Ejemplar de Ana Ruiz, FGE-SON, abierto el 2 mar 2026, 18:00 UTC.",
        "Página 1 de 1",
        "INFORMACIÓN SENSIBLE DE PROCURACIÓN DE JUSTICIA",
    ),
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_copy_says_all_that_was_established_in_the_language_asked_for(language: str) -> None:
    text = text_of(result_pdf(result(), copy=reader(language)))
    missing = [words for words in (*COMMON, *WORDS[language]) if words not in text]
    assert not missing, text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_copy_is_archival_accessible_and_says_its_language_and_title(language: str) -> None:
    content = result_pdf(result(), copy=reader(language))
    about = catalogue(content)
    assert about["/Lang"] == {"en": "en-US", "es": "es-MX"}[language]
    assert about["/MarkInfo"]["/Marked"].value
    assert about["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert read(content).metadata.title == WORDS[language][0]  # type: ignore[union-attr]
    stated = about["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in stated
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in stated
    assert "<pdfuaid:part>1</pdfuaid:part>" in stated


def test_a_copy_has_a_title_headings_and_a_table_with_its_heads() -> None:
    found = tags(result_pdf(result(), copy=reader()))
    assert (found["Title"], found["H1"], found["Table"], found["TH"], found["TR"]) == (1, 4, 1, 6, 4)


def test_the_same_result_reader_and_moment_give_the_same_bytes() -> None:
    first = result_pdf(result(), copy=reader())
    assert result_pdf(result(), copy=reader()) == first


@pytest.mark.parametrize(
    "changes", [{"person": "Bruno Paz"}, {"agency": "FGR"}, {"at": NOON + timedelta(minutes=1)}]
)
def test_every_reader_and_moment_leaves_its_mark(changes: dict[str, object]) -> None:
    assert result_pdf(result(), copy=reader(**changes)) != result_pdf(result(), copy=reader())


def test_a_demo_says_so_and_a_real_installation_does_not() -> None:
    assert "Synthetic data" in text_of(result_pdf(result(), copy=reader(is_demo=True)))
    assert "Synthetic" not in text_of(result_pdf(result(), copy=reader()))


def test_gaps_and_conflicts_stand_in_the_chain_in_words() -> None:
    silent = replace(CHAIN[2], answer_kind=None, left_on=None, findings=(Finding.NOT_ANSWERED,))
    text = text_of(result_pdf(result(chain=(*CHAIN[:2], silent)), copy=reader()))
    assert "Its book names another supplier than the one whose records led here." in text
    assert "Its record names another calibre than the request." in text
    assert "It did not answer." in text
    assert "not_answered" not in text


def test_a_failed_trace_says_what_was_not_established_and_what_would_bring_it_further() -> None:
    text = text_of(result_pdf(failed_result(), copy=reader()))
    assert "Serial number Obliterated" in text
    assert "Serial number obliterated" in text
    assert "Purchaser not established" in text
    assert "Dealer not established" in text
    assert "none: the date of purchase is not known" in text
    assert "No licensee was asked" in text
    assert "Have a laboratory restore the serial number" in text
    assert "there is none to have certified" in text
    assert "legal assistance" not in text


def test_a_dealer_without_purchaser_keeps_its_name_and_the_entries_can_be_certified() -> None:
    found = result(outcome=outcome("D2"), purchaser=None, purchased_on=None, chain=CHAIN[:2])
    text = text_of(result_pdf(found, copy=reader(country="US")))
    assert "Dealer out of business" in text
    assert "Dealer Paso Guns" in text
    assert "Have those entries of the licensees certified that the case needs." in text
    assert "Ask through the tracing centre" in text
    assert "Compare the purchaser" not in text


def test_an_agency_in_the_country_of_the_licensees_is_led_through_the_tracing_centre() -> None:
    assert "legal assistance" not in text_of(result_pdf(result(), copy=reader(country="US")))


@pytest.mark.parametrize(
    ("purchased", "said"),
    [(SOLD_ON, "Short: three years or less"), (SOLD_ON.replace(year=2015), "ATF's band: 3 years and over")],
)
def test_time_to_crime_stands_in_days_and_band(purchased, said: str) -> None:
    time = time_to_crime(purchased_on=purchased, recovered_on=result().recovered_on)
    assert said in text_of(result_pdf(result(purchased_on=purchased, time_to_crime=time), copy=reader()))


HOSTILE = (
    '#import "@preview/x:1.0.0" #read("/etc/passwd")',
    "] #panic() [ *bold* _it_ $x^2$ @ref <label> \\ // rest",
    "#{ while true {} } `code` = Heading",
    "<script>alert(1)</script> {{ 7*7 }} %(person)s {page}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_letter_by_letter_wherever_it_stands(text: str) -> None:
    short = text[:58]
    named = replace(ref(DEALER), name=short)
    found = result(
        gun=replace(GUN, serial=short, make=short),
        dealer=named,
        purchaser=Purchaser(family_names=text),
        chain=(replace(CHAIN[0], licensee=named, invoice=short),),
    )
    written = text_of(result_pdf(found, copy=reader(person=text, agency_name=short))).replace(" ", "")
    assert written.count(text.replace(" ", "")) >= 2
    assert written.count(short.replace(" ", "")) >= 5


def test_text_in_another_script_or_that_does_not_show_is_written_as_its_code() -> None:
    found = result(purchaser=Purchaser(family_names="李 \u202eLund\u200b"), dealer=replace(ref(DEALER), name="a\u0336b"))
    text = text_of(result_pdf(found, copy=reader()))
    assert "[U+674E] [U+202E]Lund[U+200B]" in text
    assert "a[U+0336]b" in text


def test_the_longest_texts_cover_nothing_and_lose_nothing() -> None:
    long = "W" * 200
    named = replace(ref(DEALER), name="W" * 120)
    found = result(
        purchaser=Purchaser(family_names=long, given_names=long),
        dealer=named,
        chain=tuple(replace(CHAIN[1], number=at, licensee=named) for at in range(1, 41)),
    )
    content = result_pdf(found, copy=reader(person=long, agency_name=long))
    text = text_of(content)
    pages = len(read(content).pages)
    assert pages > 4
    assert f"Page {pages} of {pages}" in text
    assert text.count(DEALER.number) >= 40
    assert text.count("Gaps and contradictions") == text.count("Gun left on") > 1


def test_an_answer_that_leads_nowhere_is_a_gap_in_the_table_as_on_the_page() -> None:
    silent = replace(CHAIN[0], answer_kind=AnswerKind.NOT_IN_RECORDS, left_on=None, findings=())
    assert "Gap in the record" in text_of(result_pdf(result(chain=(silent,)), copy=reader()))
    assert "Gap in the record" not in text_of(result_pdf(result(chain=CHAIN[:1]), copy=reader()))
