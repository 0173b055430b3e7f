"""`cotrace seizure` against a site that runs: record, show, correct, restrict."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.at_terminal import Terminal, absent, written
from tests.support.world import token

SEIZURE = {"occurred_on": "2026-02-01", "state_code": "26", "amounts": {"long_guns": {"quantity": 3}}, "place": "km 12"}


@pytest.fixture
def seizures(answering_site: str) -> Terminal:
    """Somebody of the agency that seized."""
    return Terminal(answering_site, token("FGR"), group="seizure")


def recorded(seizures: Terminal, tmp_path: Path) -> str:
    code, out, err = seizures.run("record", written(tmp_path / "seizure.json", SEIZURE))
    assert (code, err) == (0, "")
    return out.removeprefix("Recorded: ").strip()


def test_a_seizure_is_recorded_shown_and_corrected(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    assert "km 12" in seizures.run("show", number)[1] and number in seizures.run("list")[1]
    corrected = {**SEIZURE, "place": "km 21"}
    assert seizures.run("correct", number, "-", typed=json.dumps(corrected))[0] == 0
    shown = json.loads(seizures.run("show", number, "--json")[1])
    assert (shown["place"], shown["amounts"]["long_guns"]["quantity"]) == ("km 21", 3)
    assert shown["amounts"]["vehicles"] == {"quantity": None, "reason": "blank"}


def test_what_is_wrong_is_called_by_its_name(seizures: Terminal, tmp_path: Path) -> None:
    wrong = written(tmp_path / "wrong.json", {**SEIZURE, "municipio_code": "28027"})
    code, out, err = seizures.run("record", wrong)
    assert (code, out) == (2, "") and "Municipality (municipio_code)" in err
    for typed in ("[]", "{", '{"a": 1, "a": 2}'):
        code, out, err = seizures.run("record", "-", typed=typed)
        assert (code, out) == (2, "") and err.count("\n") == 1


def test_what_is_restricted_is_gone_for_colleagues_of_the_partner(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    assert seizures.run("restrict", number, "--cap", "NOTHING")[0] == 0
    assert json.loads(seizures.run("show", number, "--json")[1])["cap"] == "NOTHING"
    assert seizures.run("restrict", number, "--cap", "EVERYTHING")[0] == 2
    assert seizures.run("restrict", number, "--cap", "FULL", "--circle", absent("CI"))[0] != 0


def test_who_may_not_see_it_may_not_touch_it_either(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    stranger = replace(seizures, token=token("PD-EP"))
    document = written(tmp_path / "seizure.json", SEIZURE)
    for act, *rest in (["show"], ["correct", document], ["restrict", "--cap", "FULL"]):
        assert stranger.run(act, number, *rest) == stranger.run(act, absent("SZ"), *rest), act
