"""A tracer's acts on the terminal: a chain by telephone, corrected, held, ended by hand, withheld."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from tests.functional.tracing.centre import GROUND, NOTE
from tests.support.at_terminal import Terminal, absent, written
from tests.support.world import token
from tests.unit.tracing.builders import DEALER, WHOLESALER
from tests.usecases.tracing.test_tracer_acts import SOLD, shipped_to
from tests.usecases.tracing.world import SURNAME, centre_exists, register, submit


@pytest.fixture
def tracing(answering_site: str) -> Terminal:
    """Somebody of a tracing centre whose register has the licensees, none with a connector."""
    centre_exists()
    register()
    return Terminal(answering_site, token("ATF"), group="tracer")


@pytest.fixture
def trace(tracing: Terminal) -> str:
    """A trace that somebody took and that waits for the maker's answer."""
    submit()
    outbox.drain()
    number = str(Trace.objects.get().pk)
    assert tracing.run("take", number)[0] == 0
    return number


def act(tracing: Terminal, name: str, trace: str, *words: str) -> str:
    """Do something with a trace as it stands now; return what was said."""
    version = str(Trace.objects.get(pk=trace).version)
    code, out, err = tracing.run(name, trace, *words, "--version", version)
    assert (code, err) == (0, ""), err
    outbox.drain()
    return out


def answer(tracing: Terminal, trace: str, tmp_path: Path, document: dict[str, object]) -> None:
    act(tracing, "answer", trace, written(tmp_path / "answer.json", document))


def test_a_chain_is_entered_by_telephone_and_corrected(tracing: Terminal, trace: str, tmp_path: Path) -> None:
    answer(tracing, trace, tmp_path, shipped_to(WHOLESALER, "2023-01-31"))
    correction = {"note": "Read out wrongly by the clerk.", "answer": shipped_to(WHOLESALER)}
    act(tracing, "correct", trace, written(tmp_path / "correction.json", correction), "--step", "1")
    answer(tracing, trace, tmp_path, shipped_to(DEALER, "2023-02-10"))
    answer(tracing, trace, tmp_path, SOLD)

    found = json.loads(tracing.run("show", trace, "--json")[1])
    assert (found["status"], found["outcome"]) == ("concluded", "P1")
    assert found["chain"][0]["left_on"] == "2023-02-01"
    assert SURNAME not in tracing.run("show", trace)[1] and SURNAME in tracing.run("purchaser", trace)[1]


def test_a_hold_stops_the_walk_until_it_is_lifted(tracing: Terminal, trace: str, tmp_path: Path) -> None:
    assert "nobody is asked" in act(tracing, "hold", trace)
    answer(tracing, trace, tmp_path, shipped_to(WHOLESALER))
    assert json.loads(tracing.run("show", trace, "--json")[1])["waiting_reason"] == "contact_hold"
    assert "lifted" in act(tracing, "hold", trace, "--lift")
    assert json.loads(tracing.run("show", trace, "--json")[1])["waiting_reason"] is None


def test_a_trace_is_put_back_ended_by_hand_and_withheld(tracing: Terminal, trace: str, tmp_path: Path) -> None:
    assert tracing.run("leave", trace)[0] == 0
    assert json.loads(tracing.run("show", trace, "--json")[1])["is_mine"] is False
    assert tracing.run("take", trace)[0] == 0
    act(tracing, "hold", trace)
    answer(tracing, trace, tmp_path, shipped_to(WHOLESALER))
    act(tracing, "conclude", trace, "I1")
    colleague = replace(tracing, token=token("ATF", name="two"))
    assert "withheld" in act(colleague, "withhold", trace, "--ground", GROUND)
    assert Trace.objects.get(pk=trace).withheld_ground == GROUND


def test_a_refusal_is_one_line(tracing: Terminal, trace: str, tmp_path: Path) -> None:
    version = str(Trace.objects.get(pk=trace).version)
    wrong = written(tmp_path / "wrong.json", {"kind": "shipped_to"})
    for name, *words in (
        ["answer", wrong], ["accept", "--note", NOTE], ["accept", "--note", "no"], ["continue"], ["ask-again"],
        ["conclude", "XX"], ["start", "1-11-111-11-1A-11111"], ["withhold", "--ground", GROUND],
    ):  # fmt: skip
        code, out, err = tracing.run(name, trace, *words, "--version", version)
        assert code != 0 and out == "" and err.startswith("cotrace: ") and err.count("\n") == 1, name
    code, _out, err = tracing.run("hold", trace, "--version", str(int(version) - 1))
    assert code == 1 and "changed" in err


def test_who_works_at_no_centre_learns_of_no_trace(tracing: Terminal, trace: str, tmp_path: Path) -> None:
    other = replace(tracing, token=token("FGE-SON"))
    document = written(tmp_path / "answer.json", shipped_to(WHOLESALER))
    for name, *words in (
        ["purchaser"], ["leave"], ["answer", document, "--version", "1"], ["continue", "--version", "1"],
        ["hold", "--version", "1"], ["withhold", "--version", "1", "--ground", GROUND],
    ):  # fmt: skip
        assert other.run(name, trace, *words) == other.run(name, absent("TC"), *words), name
