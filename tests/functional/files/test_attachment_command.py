"""`cotrace attachment` against a site that runs; `verify` on its machine."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.functional.firearms.test_firearm_pages import gun_exists
from tests.support.administrator import as_administrator
from tests.support.at_terminal import Terminal, absent
from tests.support.pages import seizure_exists
from tests.support.pictures import from_telephone, opened, photograph
from tests.support.world import token


@pytest.fixture
def desk(answering_site: str) -> Terminal:
    """Somebody of the agency that seized."""
    return Terminal(answering_site, token("FGR"), group="attachment")


@pytest.fixture
def gun(answering_site: str) -> str:
    return gun_exists(seizure_exists("FGR"))


def added(desk: Terminal, gun: str, path: Path, content: bytes) -> str:
    path.write_bytes(content)
    code, out, err = desk.run("add", gun, str(path), "--kind", "serial", "--caption", "left side")
    assert (code, err) == (0, "")
    return out.removeprefix("Attached: ").strip()


def test_a_photograph_goes_in_and_comes_out_as_it_was(desk: Terminal, gun: str, tmp_path: Path) -> None:
    content = from_telephone()
    number = added(desk, gun, tmp_path / "serial.jpg", content)
    assert number in desk.run("list", gun)[1] and "left side" in desk.run("show", number)[1]
    assert json.loads(desk.run("list", gun, "--json")[1])[0]["number"] == number
    copy, original = tmp_path / "copy.jpg", tmp_path / "original.jpg"
    assert desk.run("show", number, "--picture", str(copy))[0] == 0 and opened(copy.read_bytes()).format == "JPEG"
    assert desk.run("original", number, "--out", str(original))[0] == 0 and original.read_bytes() == content
    assert original.stat().st_mode & 0o777 == 0o600
    assert desk.run("original", number, "--out", str(original))[0] == 1, "nothing is overwritten"
    custody = desk.run("custody", number)[1]
    assert "received it" in custody and "downloaded the original" in custody


def test_one_is_withdrawn_for_another(desk: Terminal, gun: str, tmp_path: Path) -> None:
    first = added(desk, gun, tmp_path / "a.jpg", photograph("A"))
    second = added(desk, gun, tmp_path / "b.jpg", photograph("B"))
    assert desk.run("withdraw", first, "--reason", " ")[0] == 2
    code, out, _ = desk.run("withdraw", first, "--reason", "Blurred", "--superseded-by", second.lower())
    assert (code, out) == (0, "Withdrawn.\n")
    assert "withdrawn" in desk.run("list", gun)[1] and second in desk.run("show", first)[1]
    assert "retirado" in replace(desk, language="es_MX.UTF-8").run("list", gun)[1]


def test_what_is_no_photograph_is_told_in_one_line(desk: Terminal, gun: str, tmp_path: Path) -> None:
    bad = tmp_path / "evil.jpg"
    bad.write_bytes(b"<svg/>")
    code, out, err = desk.run("add", gun, str(bad), "--kind", "serial")
    assert (code, out) == (2, "") and "The format SVG is not taken." in err and err.count("\n") == 1
    assert desk.run("add", gun, str(tmp_path / "absent.jpg"), "--kind", "serial")[0] == 2
    assert desk.run("add", gun, str(bad), "--kind", "selfie")[0] == 2


def test_a_stranger_is_told_that_there_is_none(desk: Terminal, gun: str, tmp_path: Path) -> None:
    number = added(desk, gun, tmp_path / "a.jpg", photograph())
    stranger, out = replace(desk, token=token("PD-EP")), str(tmp_path / "out.jpg")
    for words in (("show",), ("custody",), ("original", "--out", out), ("withdraw", "--reason", "x")):
        command, *rest = words
        assert stranger.run(command, number, *rest) == stranger.run(command, absent("AT"), *rest)
        assert stranger.run(command, number, *rest)[0] == 3
    assert not (tmp_path / "out.jpg").exists()


def test_the_operator_finds_what_was_changed(desk: Terminal, gun: str, tmp_path: Path) -> None:
    number = added(desk, gun, tmp_path / "a.jpg", photograph())
    assert desk.run("verify") == (0, "1 originals checked.\n", "")
    as_administrator(f"DELETE FROM files_original WHERE attachment_id = '{number}'")
    code, _, err = desk.run("verify")
    assert code == 1 and err == f"{number}: The original is gone. Bring it back from a backup.\n"
    assert json.loads(desk.run("verify", "--json")[1])["findings"][0]["code"] == "attachment_missing_original"
