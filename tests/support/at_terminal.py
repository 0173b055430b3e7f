"""Somebody at a terminal: commands that talk to a site of the test, in this process."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.utils import translation

from cotrace.config.cli import main
from cotrace.foundation.ids import check_character
from tests.support.browser import serving
from tests.support.pages import cast_exists


@dataclass(frozen=True)
class Terminal:
    """Somebody at a terminal with a token."""

    address: str
    token: str
    language: str = "C.UTF-8"
    group: str = "trace"

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Type a command; return exit code, output, errors."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, translation.override("en"):
            for name, value in self.environment.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
                main([self.group, *words])
        said = [line for line in err.getvalue().splitlines(keepends=True) if " django.request " not in line]
        return int(ended.value.code or 0), out.getvalue(), "".join(said)

    @property
    def environment(self) -> dict[str, str]:
        """What the process is told."""
        return {"COTRACE_URL": self.address, "COTRACE_TOKEN": self.token, "LC_ALL": self.language}


@pytest.fixture
def answering_site(committed: object) -> Iterator[str]:
    """The address of a running site with the cast."""
    del committed
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]), serving(get_wsgi_application()) as address:
        cast_exists()
        yield address


def absent(kind: str) -> str:
    """Return a number that could be one and is none."""
    return f"{kind}-TEST-0000-0000-000{check_character(f'{kind}TEST00000000000')}"


def written(path: Path, document: object) -> str:
    """Write a document to a file; return what is typed for it."""
    path.write_text(json.dumps(document))
    return str(path)
