"""The press as a process: what data can make it do, what it may reach, and that nothing is left of it."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cotrace.files.exports.typesetting import PressLimits, typeset
from cotrace.files.rules.printable import RANGES
from cotrace.foundation.errors import Unavailable
from tests.support.pdf import text_of

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
HEAD = '#set document(title: "t")\n#set text(lang: "en")\n#let data = json(bytes(sys.inputs.data))\n'
FONTS = 'font: ("IBM Plex Sans", "Libertinus Serif")'


def children() -> list[int]:
    """The processes this one has started and not yet reaped."""
    return [int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]


def press(folder: Path, body: str, data: object = None, **limits: float) -> bytes:
    template = folder / "page.typ"
    template.write_text(HEAD + body)
    return typeset(template, data=data, at=NOON, limits=PressLimits(**limits))  # type: ignore[arg-type]


def refused(folder: Path, body: str, data: object = None, **limits: float) -> None:
    before = children()
    with pytest.raises(Unavailable) as refusal:
        press(folder, body, data, **limits)
    assert refusal.value.code == "typesetting_failed"
    assert children() == before


def test_a_page_is_set_and_the_child_is_gone(tmp_path: Path) -> None:
    before = children()
    assert text_of(press(tmp_path, "#data.words", {"words": "Núñez"})) == "Núñez"
    assert children() == before


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = press(tmp_path, "= Title\n#data", "words")
    assert press(tmp_path, "= Title\n#data", "words") == first
    assert press(tmp_path, "= Title\n#data", "other words") != first


@pytest.mark.parametrize(
    "markup",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        "#panic()",
        "= Heading *bold* _it_ $x^2$ @ref <label> \\ ~ -- `raw` // no comment /* nor this */",
        '#{ while true {} }"\\u{1F}',
        "] #let data = 1 [",
    ],
)
def test_data_is_shown_and_never_read_as_markup(tmp_path: Path, markup: str) -> None:
    assert text_of(press(tmp_path, "#data", markup)) == " ".join(markup.split())


@pytest.mark.parametrize("name", ["IBMPlexSans-Regular.ttf", "OFL-ibm-plex.txt", "../../reads.py", "/etc/hostname"])
def test_even_a_template_opens_no_file(tmp_path: Path, name: str) -> None:
    refused(tmp_path, f'#read("{name}", encoding: none).len()')


def test_even_a_template_fetches_nothing(tmp_path: Path) -> None:
    refused(tmp_path, '#import "@preview/cetz:0.3.0"')


def test_endless_work_is_ended_by_its_processor_time(tmp_path: Path) -> None:
    loop = "#for a in range(9000) { for b in range(9000) { for c in range(9000) { let d = a + b + c } } }"
    started = time.monotonic()
    refused(tmp_path, loop, cpu_s=1)
    assert time.monotonic() - started < 10


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    loop = "#for a in range(9000) { for b in range(9000) { for c in range(9000) { let d = a + b + c } } }"
    started = time.monotonic()
    refused(tmp_path, loop, wait_s=1.0)
    assert time.monotonic() - started < 6


def test_hunger_for_memory_ends_the_child_alone(tmp_path: Path) -> None:
    refused(tmp_path, '#let a = "x" * 300000000\n#let b = a + a + a + a + a\n#b.len()')


def test_an_endless_page_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "#for each in range(40) [ #lorem(300) #pagebreak() ]", pdf_bytes=50_000)


def test_a_page_that_the_standards_forbid_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "#data", "李")


def test_every_character_called_printable_is_in_the_fonts(tmp_path: Path) -> None:
    letters = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    lines = [" ".join(letters[at : at + 40]) for at in range(0, len(letters), 40)]
    styles = (f"{FONTS}", f"{FONTS}, weight: 600", 'font: "IBM Plex Mono"')
    body = "\n".join(f"#for each in data [#text({style}, each) \\ ]" for style in styles)
    assert press(tmp_path, body, lines).startswith(b"%PDF-")
