"""Data onto paper: a typst template of ours and JSON go in, a PDF comes out. The same input gives the same bytes.

The page is set in a child process of its own (`press`), because data may have come from anybody, another
installation included, and typst is native code: a crash, a hang or a hunger for memory ends the child and is told as
a refusal. Nothing of one page stays in memory for the next, which typst's own caches would keep.
"""

import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Timer

import orjson

import cotrace
from cotrace.foundation.errors import Unavailable

log = logging.getLogger(__name__)

_SOURCE_ROOT = Path(cotrace.__path__[0]).parent
_FONTS = _SOURCE_ROOT / "cotrace" / "files" / "data" / "fonts"
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from cotrace.files.exports.press import main; main()"
_MIB = 1024 * 1024

NOT_SET = 3
"""Exit code of the child: the template and its data make no page that the standards allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressLimits:
    """What one page may take: a report of a few pages takes a tenth of it."""

    memory_bytes: int = 1024 * _MIB
    cpu_s: int = 15
    wait_s: float = 30.0
    pdf_bytes: int = 16 * _MIB


DEFAULT_LIMITS = PressLimits()


def typeset(
    template: Path, *, data: object, at: datetime, limits: PressLimits = DEFAULT_LIMITS
) -> bytes:
    """Return a PDF (PDF/A-2a, PDF/UA-1) of a template with data (dataclasses, or what JSON has), dated `at`.

    The template reads it as `json(bytes(sys.inputs.data))`; texts in it are shown, never read as markup. Raises
    Unavailable typesetting_failed where the page cannot be set within the limits.
    """
    child = _started(template, at, limits)
    timer = Timer(limits.wait_s, child.kill)
    timer.start()
    try:
        page = _set(child, orjson.dumps(data), limits)
    finally:
        timer.cancel()
        child.kill()
        child.wait()
    if child.returncode == 0 and page.startswith(b"%PDF-") and len(page) <= limits.pdf_bytes:
        return page
    why = "is not allowed by the standards" if child.returncode == NOT_SET else f"ended with {child.returncode}"
    log.error("no page: %s %s", template.name, why)
    raise Unavailable("typesetting_failed")


def _started(template: Path, at: datetime, limits: PressLimits) -> subprocess.Popen[bytes]:
    given = {
        "template": str(template),
        "fonts": str(_FONTS),
        "timestamp": int(at.timestamp()),
        "memory_bytes": limits.memory_bytes,
        "cpu_s": limits.cpu_s,
    }
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _CHILD, str(_SOURCE_ROOT), orjson.dumps(given).decode()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"RAYON_NUM_THREADS": "1"},
        cwd="/",
        start_new_session=True,
    )


def _set(child: subprocess.Popen[bytes], data: bytes, limits: PressLimits) -> bytes:
    """Give the data, take the page. The child says nothing before it has read all, so neither waits for the other."""
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 (narrows the types: both are pipes)
    with child.stdin, child.stdout:
        try:
            child.stdin.write(data)
            child.stdin.close()
        except BrokenPipeError:
            return b""
        page = child.stdout.read(limits.pdf_bytes + 1)
        if len(page) <= limits.pdf_bytes:
            child.wait()
    return page
