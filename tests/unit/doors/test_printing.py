"""What a command prints cannot steer the terminal that shows it."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotrace.doors import printing, terminal

CLIPBOARD = "\x1b]52;c;Y3VybCBldmlsfHNo\x07\x1b[2K\rnothing found here"
HOSTILE = (CLIPBOARD, "\x9b2J", "\u202egnp.exe", "a\u200db", "a\nb: forged", "\x00", "\u2028", "\ud800", "\U000e0041")


def is_plain(text: str) -> bool:
    return all(each.isprintable() for each in text)


@given(st.text(st.characters()))
def test_every_character_that_is_shown_shows(text: str) -> None:
    said = printing.shown(text)
    assert is_plain(said) and len(said) == len(text)
    assert not {unicodedata.category(each) for each in said} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (7, "7"),
        ("Ímuris, km 4 · 李 🙂", "Ímuris, km 4 · 李 🙂"),
        ("\x1b[2K", "·[2K"),
        ("a\u202eb\u200d", "a·b·"),
        ("one\ntwo\tthree\u00a0four", "one two three four"),
    ],
)
def test_what_shows_stays_and_the_rest_has_a_stand_in(value: object, said: str) -> None:
    assert printing.shown(value) == said


@pytest.mark.parametrize("text", HOSTILE)
def test_no_way_of_printing_lets_it_through(capsys, text: str) -> None:
    printing.say(text)
    printing.say(text, err=True)
    printing.say_fact("notes", text)
    printing.print_table([text, "b"], [[text, text]])
    with pytest.raises(terminal.typer.Exit):
        terminal.fail(text, code=1)
    printing.print_json({"notes": text})
    out, err = capsys.readouterr()
    assert all(map(is_plain, f"{out}{err}".split("\n")))


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_what_it_escapes(capsys, text: str) -> None:
    printing.print_json({text: [text]})
    assert json.loads(capsys.readouterr().out) == {text: [text]}


def test_a_sentence_is_one_line_and_a_fact_keeps_its_lines_under_its_label(capsys) -> None:
    printing.say("one\ntwo")
    printing.say_fact("notes", "first\nowner   forged\n\x1b[1A")
    assert capsys.readouterr().out.split("\n") == [
        "one two",
        "notes            first",
        "                 owner   forged",
        "                 ·[1A",
        "",
    ]


def test_a_column_that_must_be_whole_is_never_cut(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    fingerprint = "e1c3 e434 5903 6cf3 7cfc 99e4 fe78 6be7"
    printing.print_table(["a", "b", "c"], [["us1.example." * 5, "x" * 160, fingerprint]], whole=(0, 2))
    line = capsys.readouterr().out.split("\n")[2]
    assert "us1.example." * 5 in line and line.endswith(fingerprint) and "…" in line
    printing.print_table(["a", "b"], [["x" * 160, fingerprint]], whole=(1,))
    assert max(map(len, capsys.readouterr().out.split("\n"))) == printing.WIDTH


def test_a_progress_bars_label_shows_too(capsys) -> None:
    bar = printing.Bar("\x1b]0;title\x07", 1, is_shown=True)
    bar.to(1)
    assert "\x1b" not in capsys.readouterr().err
