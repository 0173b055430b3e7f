"""No file we commit names a registry, a path of somebody's machine, or holds a secret."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, say

REGISTRIES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com/package",
    "crates" + ".io",
)
PATTERNS = [
    ("a package registry", re.compile("|".join(map(re.escape, REGISTRIES)))),
    ("a path of a machine", re.compile(r"(?<![\w./-])/(?:root|home/\w+|Users/\w+|work)/[\w.-]+")),
    ("a private key", re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")),
    ("a token", re.compile(r"\bcotrace_[A-Za-z0-9_-]{43}\b")),
    ("a password in an address", re.compile(r"\w+://[^\s/:@{}$]+:[^\s/@{}$]{3,}@(?!host\b)")),
]
KNOWN: dict[str, str] = {
    "postgresql://user:password@": "the form of an address, in the documentation of a setting",
    "https://user:secret@": "an address that a test wants refused",
}
"""A text that looks like one of these -> why it is none."""
VENDORED = ("static/vendor/", "static/doors/vendor/")


def every_committed_file() -> Iterator[Path]:
    """Yield every file that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            yield ROOT / name


def own_files() -> Iterator[Path]:
    """Yield every file of ours: vendored ones name whom they please."""
    return (path for path in every_committed_file() if not any(part in path.as_posix() for part in VENDORED))


def leaks(name: str, text: str) -> list[str]:
    """Find what should not leave a machine."""
    return [
        f"{name}: {what}: {match[0][:60]}"
        for what, pattern in PATTERNS
        for match in pattern.finditer(text)
        if not any(match[0].startswith(known) for known in KNOWN)
    ]


def test_no_committed_file_leaks():
    findings = []
    for path in own_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        findings += leaks(path.relative_to(ROOT).as_posix(), text)
    assert not findings, say(findings)


def test_leaks_are_found():
    for bad in (
        "--index-url https://" + REGISTRIES[0] + "/simple",
        "see /ro" + "ot/notes.txt",
        "in /ho" + "me/ana/cotrace",
        "-----BEGIN PRIVATE " + "KEY-----",
        "cotrace" + "_" + "a" * 43,
        "postgresql://ana:" + "hunter2@db",
    ):
        assert leaks("bad", bad), bad
    assert not leaks(
        "good", "python3 -m venv .venv; /usr/bin/chromium; postgresql://user:password@host:port/name"
    )
