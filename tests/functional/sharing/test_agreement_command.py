"""`cotrace agreement` and `cotrace circle` against a site that runs: from a draft to its end, from a circle to its last colleague."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.at_terminal import Terminal, absent, written
from tests.support.pages import seizure_exists
from tests.support.world import member, token

MEMORANDUM = {
    "title_en": "Memorandum on seizures", "title_es": "Memorando sobre aseguramientos",
    "purposes": ["criminal_investigation"], "parties": ["FGR", "ATF"],
    "clauses": [{"owner": "FGR", "viewer": "ATF", "category": "seizure", "level": "TEAR_LINE"}],
    "starts_on": "2026-01-01", "review_on": "2027-01-01",
}  # fmt: skip


@pytest.fixture
def fgr(answering_site: str) -> Terminal:
    """Somebody of the agency whose records are shared."""
    return Terminal(answering_site, token("FGR"), group="agreement")


@pytest.fixture
def atf(answering_site: str) -> Terminal:
    """Somebody of the agency that is to see them."""
    return Terminal(answering_site, token("ATF"), group="agreement")


def drafted(fgr: Terminal, tmp_path: Path) -> str:
    code, out, err = fgr.run("draft", written(tmp_path / "memorandum.json", MEMORANDUM), "--json")
    assert (code, err) == (0, "")
    return str(json.loads(out)["number"])


def sees(terminal: Terminal, seizure: str) -> bool:
    return replace(terminal, group="seizure").run("show", seizure)[0] == 0


def test_a_memorandum_from_draft_to_end(fgr: Terminal, atf: Terminal, tmp_path: Path) -> None:
    seizure = seizure_exists("FGR")
    number = drafted(fgr, tmp_path)
    assert "waits for your agency's signature" in atf.run("show", number)[1]
    assert "It comes into force when every party has signed" in fgr.run("sign", number)[1]
    assert not sees(atf, seizure)
    assert "the memorandum is in force" in atf.run("sign", number)[1]
    assert sees(atf, seizure)
    shown = fgr.run("show", number)[1]
    assert "In force" in shown and "Tear-line" in shown and "TEAR_LINE" not in shown and "not signed yet" not in shown

    assert "Nobody sees anything" in fgr.run("suspend", number)[1]
    assert not sees(atf, seizure)
    code, out, err = atf.run("resume", number)
    assert (code, out) == (1, "") and err.count("\n") == 1
    assert "in force again" in fgr.run("resume", number)[1]
    assert sees(atf, seizure)
    assert "has ended" in atf.run("end", number)[1]
    assert not sees(atf, seizure)
    assert "Ended" in fgr.run("list")[1]


def test_a_draft_is_withdrawn_in_both_languages(fgr: Terminal, tmp_path: Path) -> None:
    number = drafted(fgr, tmp_path)
    assert "The draft is withdrawn. Nothing was shared under it." in fgr.run("end", number)[1]
    spanish = replace(fgr, language="es_MX.UTF-8")
    assert "Borrador retirado" in spanish.run("list")[1]
    assert "El borrador quedó retirado." in spanish.run("end", drafted(fgr, tmp_path))[1]


def test_words_are_in_the_readers_language(fgr: Terminal, tmp_path: Path) -> None:
    number = drafted(fgr, tmp_path)
    shown = replace(fgr, language="es_MX.UTF-8").run("show", number)[1]
    assert "Memorando sobre aseguramientos" in shown and "firma" in shown and "Memorandum on" not in shown


def test_a_memorandum_of_others_does_not_exist(fgr: Terminal, tmp_path: Path) -> None:
    number = drafted(fgr, tmp_path)
    stranger = replace(fgr, token=token("PD-EP"))
    for act in ("show", "sign", "suspend", "resume", "end"):
        assert stranger.run(act, number) == stranger.run(act, absent("AG")), act
    assert number not in stranger.run("list")[1]


def test_what_is_wrong_in_a_draft_is_said_and_nothing_is_written(fgr: Terminal, tmp_path: Path) -> None:
    wrong = {**MEMORANDUM, "clauses": [{"owner": "ICE", "viewer": "ATF", "category": "seizure", "level": "FULL"}]}
    code, out, err = fgr.run("draft", written(tmp_path / "wrong.json", wrong))
    assert (code, out) == (2, "") and "clauses.0" in err
    assert "Memorandum on seizures" not in fgr.run("list")[1]


def test_a_circle_closes_a_seizure_and_opens_it_to_whoever_is_added(fgr: Terminal) -> None:
    seizures, circles = replace(fgr, group="seizure"), replace(fgr, group="circle")
    eva = replace(fgr, token=token("FGR", name="eva"))
    number = json.loads(circles.run("open", "Desert wind", "--json")[1])["number"]
    seizure = seizures.run("record", "-", typed='{"occurred_on": "2026-02-01"}')[1].removeprefix("Recorded: ").strip()
    assert sees(eva, seizure)
    assert seizures.run("restrict", seizure, "--cap", "NOTHING", "--circle", number)[0] == 0
    assert not sees(eva, seizure)

    colleague = str(member("FGR", name="eva").pk)
    assert colleague in circles.run("candidates", number)[1]
    assert circles.run("add", number, colleague)[0] == 0
    assert sees(eva, seizure)
    assert colleague in circles.run("show", number)[1] and colleague not in circles.run("candidates", number)[1]
    assert circles.run("remove", number, colleague)[0] == 0
    assert not sees(eva, seizure)
    assert circles.run("remove", number, "../../me/token")[0] == 2
    assert number in circles.run("list")[1]


def test_a_circle_one_is_not_in_does_not_exist(fgr: Terminal) -> None:
    circles = replace(fgr, group="circle")
    number = json.loads(circles.run("open", "Desert wind", "--json")[1])["number"]
    outside = replace(circles, token=token("FGR", name="eva"))
    colleague = str(member("FGR", name="eva").pk)
    for words in (["show"], ["candidates"], ["add", colleague], ["remove", colleague]):
        act, *rest = words
        assert outside.run(act, number, *rest) == outside.run(act, absent("CI"), *rest), act
    assert number not in outside.run("list")[1]
