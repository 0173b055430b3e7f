"""`cotrace reference` against a site that runs: the tables, and codes found by words."""

import json
from dataclasses import replace

import pytest

from tests.support.at_terminal import Terminal
from tests.support.pages import cast_exists
from tests.support.world import token


@pytest.fixture
def fgr(answering_site: str) -> Terminal:
    """Somebody who looks codes up."""
    cast_exists()
    return Terminal(answering_site, token("FGR"), group="reference")


def test_the_tables_are_listed_in_the_readers_language(fgr: Terminal) -> None:
    code, said, wrong = fgr.run("tables")
    assert (code, wrong) == (0, "") and "ncic_make" in said and "Gun makes" in said
    assert "Marcas de armas" in replace(fgr, language="es_MX.UTF-8").run("tables")[1]
    assert len(json.loads(fgr.run("tables", "--json")[1])) == 22


def test_codes_are_found_by_words_in_any_language(fgr: Terminal) -> None:
    said = fgr.run("find", "country", "alemania")[1]
    assert "DE" in said and "Germany" in said
    assert "Alemania" in replace(fgr, language="es_MX.UTF-8").run("find", "country", "germany")[1]
    (found,) = json.loads(fgr.run("find", "make_alias", "baretta", "--json")[1])["rows"][:1]
    assert (found["code"], found["parent"]) == ("BARETTA", "BER")


def test_a_long_answer_says_how_to_go_on(fgr: Terminal) -> None:
    said = fgr.run("find", "us_county")[1]
    assert "50 of 3143" in said and "--at 01099" in said
    assert "01101" in fgr.run("find", "us_county", "--at", "01099")[1]


def test_a_table_that_is_not_there_is_not_found(fgr: Terminal) -> None:
    assert fgr.run("find", "nowhere", "x")[0] == 3
    assert fgr.run("find", "../me", "x")[0] == 3
