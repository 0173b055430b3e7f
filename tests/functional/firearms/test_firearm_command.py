"""`cotrace firearm` against a site that runs: describe, list, show; what is wrong in a description, by its field."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.at_terminal import Terminal, absent
from tests.support.pages import seizure_exists
from tests.support.world import token

GUN = {
    "type_code": "PI", "make": "Sierra Arms", "model": "S17", "calibre": "9MM", "country_of_origin": "US",
    "serial": "ABC-1234", "exhibit_number": "7",
}  # fmt: skip


@pytest.fixture
def guns(answering_site: str) -> Terminal:
    """Somebody of the agency that seized."""
    return Terminal(answering_site, token("FGE-SON"), group="firearm")


def test_a_description_that_lacks_something_is_told_by_its_field(guns: Terminal, tmp_path: Path) -> None:
    seizure = seizure_exists("FGE-SON")
    code, out, err = guns.run("describe", seizure, "-", typed=json.dumps({**GUN, "type_code": "", "serial": ""}))
    assert (code, out) == (2, "")
    assert "Kind of gun (type_code)" in err and "Serial number (serial)" in err
    for typed in ("[]", "{", '{"a": 1, "a": 2}'):
        code, out, err = guns.run("describe", seizure, "-", typed=typed)
        assert (code, out) == (2, "") and err.count("\n") == 1
    assert guns.run("describe", seizure, str(tmp_path / "absent.json"))[0] == 2
    assert guns.run("list", seizure, "--json")[1].strip() == "[]"


def test_a_gun_is_shown_at_the_readers_level_and_to_others_not_at_all(guns: Terminal) -> None:
    seizure = seizure_exists("FGE-SON")
    gun = guns.run("describe", seizure, "-", typed=json.dumps(GUN))[1].removeprefix("Described: ").strip()
    shown = guns.run("show", gun)[1]
    assert "ABC-1234" in shown and "Read whole" in shown and "Not looked for yet" in shown and "United States" in shown
    assert "Número de serie" in replace(guns, language="es_MX.UTF-8").run("show", gun)[1]
    stranger = replace(guns, token=token("PD-EP"))
    assert stranger.run("show", gun) == stranger.run("show", absent("FA"))
    assert stranger.run("list", seizure) == stranger.run("list", absent("SZ"))
