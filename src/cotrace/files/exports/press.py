"""The child process that sets a page: typst, a template of ours, and data that came from anywhere.

It loads typst, the template and the fonts, sets one page with each font, and then gives up memory, processor time,
writing, further processes and every further file handle: from there on neither a file nor a network address can be
opened. Only then it reads the data from standard input. The PDF goes to standard output; an exit code says the rest.
"""

import os
import resource
import sys
from pathlib import Path

import orjson
import typst

from cotrace.files.exports.typesetting import NOT_SET

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
"""Archival with its structure (PDF/A-2a) and accessible (PDF/UA-1)."""

NO_HANDLE = 0
"""What is open stays open, but no number is left for another, not even one that is given back."""


def load_fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of a folder and typst's own; none of the machine's, which differ."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def warm_up(compiler: typst.Compiler, fonts: typst.Fonts) -> None:
    """Set a page with every font that is a file, so that typst has read it and started its threads."""
    samples = [
        f'#text(font: "{each.family}", weight: {each.weight}, style: "{each.style}")[x]'
        for each in fonts.fonts()
        if each.path
    ]
    page = "\n".join(['#set document(title: "-")', '#set text(lang: "en")', *samples])
    compiler.compile(input=page.encode(), format="pdf", pdf_standards=STANDARDS, timestamp=0)


def confine(*, memory_bytes: int, cpu_s: int) -> None:
    """Give up what setting a page does not take; files and sockets for good."""
    for what, soft, hard in (
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 5),
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_NOFILE, NO_HANDLE, NO_HANDLE),
    ):
        resource.setrlimit(what, (soft, hard))


def main() -> None:
    """Set one page under the limits and places given as a JSON argument."""
    given = orjson.loads(sys.argv[2])
    source = Path(given["template"]).read_bytes()
    fonts = load_fonts(Path(given["fonts"]))
    compiler = typst.Compiler(root=given["fonts"], font_paths=fonts, ignore_system_fonts=True)
    warm_up(compiler, fonts)
    confine(memory_bytes=given["memory_bytes"], cpu_s=given["cpu_s"])
    with os.fdopen(0, "rb") as data, os.fdopen(1, "wb") as out:
        try:
            page = compiler.compile(
                input=source,
                sys_inputs={"data": data.read().decode()},
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=given["timestamp"],
            )
        except typst.TypstError:
            raise SystemExit(NOT_SET) from None
        if not isinstance(page, bytes):  # typst gives several files for other formats
            raise SystemExit(NOT_SET)
        out.write(page)
