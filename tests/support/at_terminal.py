"""Somebody at a terminal: commands that talk to a site of the test, in this process."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest
from django.utils import translation

from cotrace.config.cli import main


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
