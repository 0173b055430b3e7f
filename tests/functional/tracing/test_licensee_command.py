"""`cotrace licensee`: a number checked without a site, one looked up and entered through it, the list loaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cotrace.tracing.models import LicenseeEntry, PublishedLicensee
from tests.support.at_terminal import Terminal
from tests.support.world import token
from tests.usecases.tracing.listed import REAL_CUT, line, listing, loaded
from tests.usecases.tracing.world import centre_exists

NUMBER = "5-74-141-01-9A-00044"
NOWHERE = Terminal("http://127.0.0.1:9", "", group="licensee")


@pytest.fixture
def tracing(answering_site: str) -> Terminal:
    """Somebody of the tracing centre."""
    centre_exists()
    return Terminal(answering_site, token("ATF"), group="licensee")


def test_a_number_is_explained_part_by_part(stopped_clock) -> None:
    code, out, err = NOWHERE.run("check", "57414101 9a 00044", "--state", "nm")
    assert (code, err) == (0, "")
    for said in ("5-74-141-01-9A-00044", "5-74-00044", "5-74: TX", "01: Dealer in firearms", "9A: January 2029"):
        assert said in out
    assert "By its number the licensee is in TX, by its address in NM." in out


def test_a_number_is_explained_as_json(stopped_clock) -> None:
    found = json.loads(NOWHERE.run("check", "5-74-141-07-5M-00044", "--json")[1])
    assert (found["number"], found["licence_type"], found["expires"]) == ("5-74-141-07-5M-00044", "07", "2025-12")
    assert (found["states"], found["problem"]) == (["TX"], None)
    assert [each["code"] for each in found["questions"]] == ["ffl_expired"]


@pytest.mark.parametrize(
    ("number", "code", "problem", "short", "asked"),
    [
        ("5-74-141-01-9I-00044", 2, "ffl_expiry_wrong", None, []),
        ("5-74-00044", 0, None, "5-74-00044", []),
        ("57400044-A1", 0, None, "5-74-00044", []),
        ("SEDENA-4411", 0, None, None, ["not_an_ffl_number"]),
    ],
)
def test_what_is_no_whole_number_is_told_apart(number, code, problem, short, asked, stopped_clock) -> None:
    ended, out, _ = NOWHERE.run("check", number, "--json")
    found = json.loads(out)
    assert ended == code and found["short_number"] == short and found["number"] is None
    assert (found["problem"] or {}).get("code") == problem
    assert [each["code"] for each in found["questions"]] == asked


def test_a_number_is_explained_in_spanish_without_a_database(tmp_path: Path) -> None:
    code, out, err = typed(tmp_path, "check", "5-74-141-01-0I-00044")
    assert (code, out) == (2, "") and "un dígito y una letra de la A a la M, sin la I" in err
    code, out, _ = typed(tmp_path, "check", "5-74-141-02-0A-00044")
    assert code == 0 and "Casa de empeño" in out and "enero" in out and "Número abreviado" in out


def test_a_dry_run_of_the_list_needs_no_database(tmp_path: Path) -> None:
    code, out, err = typed(tmp_path, "import", str(REAL_CUT), "--edition", "2013-05", "--dry-run", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["rows"], found["accepted"], found["rejected"]) == (55, 54, 1)
    assert {"row": 57, "column": "Premise City", "code": "required_missing", "level": "error"} in found["problems"]


def typed(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    """Type a command where no database can be opened."""
    told = {**os.environ, "COTRACE_DATABASE_URL": f"sqlite:///{tmp_path}/no/where.db", "LC_ALL": "es_MX.UTF-8"}
    run = [sys.executable, "-m", "cotrace.config.cli", "licensee", *words]
    done = subprocess.run(run, env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.django_db
def test_the_operator_loads_the_list_and_is_told_what_became_of_its_rows() -> None:
    code, out, err = NOWHERE.run("import", str(REAL_CUT), "--edition", "2013-05")
    assert (code, err) == (0, "")
    assert "55 rows: 54 accepted, 1 rejected." in out and "54 added, 0 changed" in out
    assert "Row 57, column Premise City: there is no value" in out and "ends in the middle of a row" in out
    again = json.loads(NOWHERE.run("import", str(REAL_CUT), "--edition", "2013-05", "--json")[1])
    assert (again["added"], again["kept"], PublishedLicensee.objects.count()) == (0, 54, 54)


@pytest.mark.parametrize(
    ("file", "edition", "said"),
    [
        (str(REAL_CUT), "May 2013", "Name the edition by year and month"),
        (str(REAL_CUT), "2099-01", "The edition 2099-01 lies in the future."),
        ("nowhere.txt", "2013-05", "The file cannot be opened."),
        (__file__, "2013-05", "Lic Regn"),
    ],
)
def test_a_list_that_cannot_be_loaded_is_refused_in_one_line(file: str, edition: str, said: str) -> None:
    code, out, err = NOWHERE.run("import", file, "--edition", edition, "--dry-run")
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1


def test_a_licensee_is_looked_up_and_entered_with_what_the_list_says(tracing: Terminal, tmp_path: Path) -> None:
    loaded(listing(tmp_path / "a.txt", line("5-74-141-01-8B-00044", Business_Name="LINDERO ARMS"), line("5-74-141-01-8B-00045")))
    code, out, err = tracing.run("show", NUMBER)
    assert (code, err) == (0, "") and "LINDERO ARMS" in out and "+1 915 555 0144" in out and "2024-01" in out
    assert json.loads(tracing.run("show", "5-74-00044", "--json")[1])["city"] == "EL PASO"
    code, out, err = tracing.run("enter", NUMBER, "--role", "wholesaler", "--phone", "+1 915 555 0100")
    assert (code, err) == (0, "") and out == "LINDERO ARMS is in the register.\n"
    row = LicenseeEntry.objects.get()
    assert (row.number, row.role, row.phone) == (NUMBER, "wholesaler", "+1 915 555 0100")
    assert row.address == "12 LINDERO RD, EL PASO, TX 79901"
    assert tracing.run("enter", NUMBER)[0] == 1


def test_a_licensee_that_the_list_does_not_have_needs_a_name(tracing: Terminal) -> None:
    assert tracing.run("show", NUMBER)[0] == 3
    code, out, err = tracing.run("enter", NUMBER)
    assert (code, out) == (2, "") and "Give --name and --role." in err
    code, out, _ = tracing.run("enter", "SEDENA-4411", "--name", "Armería Norte", "--role", "dealer")
    assert code == 0 and "Armería Norte is in the register." in out and "federal firearms licence" in out
    assert tracing.run("enter", "5-74-141-01-9I-00044", "--name", "x", "--role", "dealer")[0] == 2
