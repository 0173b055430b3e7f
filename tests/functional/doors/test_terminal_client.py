"""What all terminal commands share: errors in one line, tables within 80 columns, tokens kept for their site alone."""

import json
import resource
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import typer
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cotrace.doors import terminal
from cotrace.doors.printing import columns_of as terminal_columns
from tests.support.browser import serving


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("COTRACE_TOKEN", raising=False)
    monkeypatch.setenv("COTRACE_URL", "http://127.0.0.1:9")
    with translation.override("en"):
        yield tmp_path


def site_that_answers(status: str, body: bytes, seen: list[dict] | None = None):
    def application(environ, start_response):
        if seen is not None:
            seen.append(environ)
        start_response(status, [("Content-Type", "application/json")])
        return [body]

    return application


REFUSAL = json.dumps(
    {"code": "x", "message": "It was refused.", "fields": [{"field": "day", "code": "y", "message": "Not a day."}]}
).encode()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("409 Conflict", 1),
        ("429 Too Many", 1),
        ("503 Unavailable", 1),
        ("500 Error", 1),
        ("400 Bad", 2),
        ("422 Unprocessable", 2),
        ("404 Not Found", 3),
        ("410 Gone", 3),
        ("401 Unauthorized", 4),
        ("403 Forbidden", 4),
    ],
)
def test_a_refusal_is_one_line_and_its_exit_code(monkeypatch, capsys, status: str, code: int) -> None:
    monkeypatch.setenv("COTRACE_TOKEN", "t")
    with serving(site_that_answers(status, REFUSAL)) as address:
        monkeypatch.setenv("COTRACE_URL", address)
        with pytest.raises(typer.Exit) as ended:
            terminal.call("GET", "/x")
    assert ended.value.exit_code == code
    assert capsys.readouterr().err == "cotrace: It was refused. day: Not a day.\n"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"message": ""}', b"\xff"])
def test_an_answer_that_is_none_of_ours_is_still_one_line(monkeypatch, capsys, body: bytes) -> None:
    with serving(site_that_answers("502 Bad Gateway", body)) as address:
        monkeypatch.setenv("COTRACE_URL", address)
        with pytest.raises(typer.Exit) as ended:
            terminal.call("GET", "/x")
    said = capsys.readouterr().err
    assert ended.value.exit_code == 1
    assert said == f"cotrace: {address} answered 502, which this command does not understand.\n"


@pytest.mark.parametrize("where", ["http://127.0.0.1:9", "nonsense", "http://", "ftp://127.0.0.1"])
def test_a_site_that_does_not_answer_is_one_line(monkeypatch, capsys, where: str) -> None:
    monkeypatch.setenv("COTRACE_URL", where)
    with pytest.raises(typer.Exit) as ended:
        terminal.call("GET", "/x")
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_kept_token_goes_to_its_own_site_and_to_no_other(monkeypatch) -> None:
    seen: list[dict] = []
    with serving(site_that_answers("200 OK", b"{}", seen)) as one, serving(
        site_that_answers("200 OK", b"{}", seen)
    ) as other:
        monkeypatch.setenv("COTRACE_URL", one + "/")
        path = terminal.keep_token("of one")
        terminal.call("GET", "/x")
        monkeypatch.setenv("COTRACE_URL", other)
        terminal.call("GET", "/x")
        monkeypatch.setenv("COTRACE_TOKEN", "given")
        terminal.call("GET", "/x")
        terminal.call("GET", "/x", token="")
    assert [each.get("HTTP_AUTHORIZATION") for each in seen] == ["Bearer of one", None, "Bearer given", None]
    assert seen[0]["PATH_INFO"] == "/api/v1/x"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_redirect_is_not_followed_with_the_token(monkeypatch, capsys) -> None:
    seen: list[dict] = []

    def moved(environ, start_response):
        seen.append(environ)
        start_response("302 Found", [("Location", "/elsewhere")])
        return [b""]

    with serving(moved) as address:
        monkeypatch.setenv("COTRACE_URL", address)
        with pytest.raises(typer.Exit):
            terminal.call("GET", "/x")
    assert len(seen) == 1 and capsys.readouterr().err


def test_forgetting_a_token_keeps_those_of_other_sites(monkeypatch) -> None:
    for where in ("http://one.example", "http://two.example"):
        monkeypatch.setenv("COTRACE_URL", where)
        terminal.keep_token(where)
    terminal.forget_token()
    assert terminal.kept_token() == ""
    monkeypatch.setenv("COTRACE_URL", "http://one.example")
    assert terminal.kept_token() == "http://one.example"


@pytest.mark.parametrize("text", ["", "not json", "[]", "null", "\x00"])
def test_a_broken_token_file_is_as_none_and_is_replaced(surroundings: Path, text: str) -> None:
    path = surroundings / "cotrace" / "token.json"
    path.parent.mkdir()
    path.write_text(text)
    assert terminal.kept_token() == ""
    terminal.keep_token("fresh")
    assert terminal.kept_token() == "fresh"


def test_a_table_shows_what_fits_and_cuts_the_widest(capsys) -> None:
    rows = [("SZ-1", "x" * 200, None), ("SZ-2", "short\nline", 12)]
    terminal.print_table(["number", "place", "guns"], rows, width=terminal.WIDTH)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["number", "place", "guns"]
    assert max(map(len, lines)) == 80
    assert "…" in lines[2] and "short line" in lines[3]
    terminal.print_table(["number", "place", "guns"], rows)
    assert "x" * 200 in capsys.readouterr().out, "nothing is cut in a pipe"


words = st.text(st.characters(codec="utf-8"), max_size=120)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(words, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_no_table_is_wider_than_the_terminal(rows: list[list[str]]) -> None:
    from contextlib import redirect_stdout
    from io import StringIO

    out = StringIO()
    with redirect_stdout(out):
        terminal.print_table([f"column {place}" for place in range(len(rows[0]))], rows, width=terminal.WIDTH)
    lines = out.getvalue().split("\n")[:-1]
    assert len(lines) == len(rows) + 2
    assert all(terminal_columns(line) <= terminal.WIDTH for line in lines)


def test_json_is_printed_with_dates_and_accents(capsys) -> None:
    terminal.print_json({"at": datetime(2026, 3, 2, tzinfo=UTC), "name": "Peña"})
    assert json.loads(capsys.readouterr().out) == {"at": "2026-03-02T00:00:00+00:00", "name": "Peña"}


def test_no_progress_is_written_into_a_pipe(capsys) -> None:
    with terminal.progress("Rows", total=2) as bar:
        bar.to(1)
        bar.to(2)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_progress_stays_on_one_line(capsys) -> None:
    bar = terminal.Bar("Rows", 4, is_shown=True)
    bar.to(1)
    bar.to(4)
    bar.end()
    said = capsys.readouterr().err
    assert said.count("\r") == 2 and said.count("\n") == 1 and said.endswith("100%\n")


def test_files_are_sent(monkeypatch, tmp_path: Path) -> None:
    seen: list[bytes] = []

    def application(environ, start_response):
        seen.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start_response("200 OK", [])
        return [b"{}"]

    (tmp_path / "log.csv").write_bytes(b"a,b")
    with serving(application) as address, (tmp_path / "log.csv").open("rb") as file:
        monkeypatch.setenv("COTRACE_URL", address)
        answer = terminal.call("POST", "/x", files={"file": ("log.csv", file, "text/csv")}, form={"mapping": "m"})
    assert isinstance(answer, httpx.Response)
    assert b"a,b" in seen[0] and b'name="mapping"' in seen[0]


def test_a_field_is_called_by_its_name_too_where_there_is_one(monkeypatch, capsys) -> None:
    with serving(site_that_answers("422 Unprocessable", REFUSAL)) as address:
        monkeypatch.setenv("COTRACE_URL", address)
        answer = terminal.ask("GET", "/x")
    with pytest.raises(typer.Exit) as ended:
        terminal.refuse(answer, labels={"day": "Day of recovery"})
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == "cotrace: It was refused. Day of recovery (day): Not a day.\n"


def test_a_new_file_is_whole_its_owners_alone_and_the_only_one(tmp_path: Path) -> None:
    terminal.write_new(tmp_path / "out.pdf", b"%PDF")
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF"
    assert stat.S_IMODE((tmp_path / "out.pdf").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["out.pdf"]


@pytest.mark.parametrize("kind", ["file", "folder", "link that leads nowhere"])
def test_what_is_there_is_never_overwritten(capsys, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out.pdf"
    if kind == "file":
        out.write_text("mine")
    elif kind == "folder":
        out.mkdir()
    else:
        out.symlink_to(tmp_path / "nowhere")
    for act in (lambda: terminal.refuse_existing(out), lambda: terminal.write_new(out, b"theirs")):
        with pytest.raises(typer.Exit) as ended:
            act()
        assert ended.value.exit_code == 1
        assert capsys.readouterr().err == f"cotrace: {out} exists already and is left as it is.\n"
    assert kind != "file" or out.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_written_leaves_nothing(capsys, tmp_path: Path) -> None:
    with pytest.raises(typer.Exit) as ended:
        terminal.write_new(tmp_path / "absent" / "out.pdf", b"x")
    assert ended.value.exit_code == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_write_that_breaks_off_leaves_no_part_of_it(capsys, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(typer.Exit) as ended:
            terminal.write_new(tmp_path / "out.pdf", b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (ended.value.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "cannot be written" in capsys.readouterr().err
