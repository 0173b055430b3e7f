"""`cotrace notice` against a site that runs: one's own notices, and taking note of them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from cotrace.foundation import clock
from cotrace.notices.models import Notice
from tests.functional.notices.telling import told
from tests.support.at_terminal import Terminal, absent
from tests.support.world import member, token

WAITS = "A memorandum waits for your agency's signature."
MEMORANDUM = "AG-TEST-0000-0000-0000"


@pytest.fixture
def fgr(answering_site: str) -> Terminal:
    """Somebody who is told."""
    return Terminal(answering_site, token("FGR"), group="notice")


def number_to(agency: str) -> str:
    return Notice.objects.get(recipient=str(member(agency).pk)).pk


def test_a_notice_waits_until_its_reader_takes_note(fgr: Terminal) -> None:
    assert fgr.run("list") == (0, "Nothing waits for you\n", "")
    told("FGR", subject=MEMORANDUM, page="sharing:agreement")
    number = number_to("FGR")
    heading, _, first, *rest = fgr.run("list")[1].splitlines()
    assert heading == "Waiting for you" and first.startswith(number)
    assert rest == [f"    {WAITS}", f"    {MEMORANDUM}"]
    for _ in range(2):
        assert fgr.run("acknowledge", number.lower()) == (0, "You took note.\n", "")
    said = fgr.run("list")[1]
    assert said.startswith("Nothing waits for you\n\nTaken note of\n") and number in said


def test_json_is_what_the_site_answers(fgr: Terminal) -> None:
    assert json.loads(fgr.run("list", "--json")[1]) == []
    told("FGR", subject=MEMORANDUM)
    (found,) = json.loads(fgr.run("list", "--json")[1])
    assert (found["number"], found["sentence"], found["is_acknowledged"]) == (number_to("FGR"), WAITS, False)


def test_words_are_in_the_readers_language(fgr: Terminal) -> None:
    told("FGR", cause="late", due_at=clock.now() - timedelta(hours=1))
    told("FGR", cause="soon", due_at=clock.now() + timedelta(days=1))
    said = fgr.run("list")[1]
    assert "    Overdue since " in said and "    Due " in said
    spanish = replace(fgr, language="es_MX.UTF-8")
    said = spanish.run("list")[1]
    assert said.startswith("Pendientes\n") and "Un memorando espera la firma de su corporación." in said
    assert "    Vencido desde el " in said and "    Vence el " in said and "memorandum" not in said
    number = Notice.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert spanish.run("acknowledge", number)[1] == "Quedó asentado su acuse.\n"


def test_a_notice_to_somebody_else_does_not_exist(fgr: Terminal) -> None:
    told("FGR")
    number = number_to("FGR")
    for terminal in (replace(fgr, token=token("FGR", name="eva")), replace(fgr, token=token("ATF"))):
        refused = terminal.run("acknowledge", number)
        assert refused[0] == 3 and refused == terminal.run("acknowledge", absent("NT"))
        assert terminal.run("acknowledge", "../../me/token")[0] == 3
        assert terminal.run("list")[1] == "Nothing waits for you\n"
    assert Notice.objects.get().acknowledged_at is None


def test_long_sentences_stay_within_the_terminal_and_nothing_steers_it(fgr: Terminal) -> None:
    told("FGR", code="notice_emergency_opened", subject="XX\x1b[2K\rYY")
    said = fgr.run("list")[1]
    assert max(map(len, said.splitlines())) <= 80 and "\x1b" not in said and "\r" not in said
    assert " ".join(said.split()).count("restricted records.") == 1
