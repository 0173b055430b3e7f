"""The demo empties only folders that it made itself."""

import os

import pytest
import typer

from cotrace.config.demo import BUILT, MARK, prepare_environment


@pytest.fixture(autouse=True)
def kept_environment(monkeypatch) -> None:
    for name in ("COTRACE_HOME", "COTRACE_DEMO", "COTRACE_INSTALLATION", "COTRACE_DATABASE_URL", "COTRACE_OWNER_DATABASE_URL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


@pytest.mark.parametrize("is_fresh", [True, False])
def test_a_folder_of_somebody_else_is_refused_and_kept(tmp_path, monkeypatch, is_fresh) -> None:
    (tmp_path / "cotrace.sqlite3").write_text("records")
    monkeypatch.setenv("COTRACE_HOME", str(tmp_path))
    with pytest.raises(typer.Exit):
        prepare_environment(is_fresh=is_fresh)
    assert (tmp_path / "cotrace.sqlite3").read_text() == "records"


def test_a_build_that_was_killed_is_begun_anew(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COTRACE_HOME", str(tmp_path / "demo"))
    home = prepare_environment(is_fresh=False)
    (home / "half").touch()
    prepare_environment(is_fresh=False)
    assert [each.name for each in home.iterdir()] == [MARK]


def test_a_finished_world_stays(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COTRACE_HOME", str(tmp_path / "demo"))
    home = prepare_environment(is_fresh=False)
    (home / BUILT).touch()
    prepare_environment(is_fresh=False)
    assert (home / BUILT).exists()


@pytest.mark.parametrize(("language", "said"), [("C.UTF-8", "does not use"), ("es_MX.UTF-8", "no usa")])
def test_a_database_that_the_demo_does_not_use_is_told(tmp_path, monkeypatch, capsys, language, said) -> None:
    monkeypatch.setenv("COTRACE_HOME", str(tmp_path / "demo"))
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setenv("COTRACE_DATABASE_URL", "postgresql://cotrace_app@127.0.0.1/unused")
    prepare_environment(is_fresh=False)
    told = capsys.readouterr().out
    assert f"{said} COTRACE_DATABASE_URL." in told and told.count("\n") == 1 and "postgresql" not in told
    prepare_environment(is_fresh=False)
    assert capsys.readouterr().out == ""
