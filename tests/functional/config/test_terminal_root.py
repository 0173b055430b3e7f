"""The root of the terminal: one line per refusal, the documented exit codes, the reader's language."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def cotrace(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "cotrace.config.cli", *words]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "80", **environment}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def test_help_lists_commands_in_eighty_columns():
    shown = cotrace("--help")
    assert shown.returncode == 0
    assert "migrate" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_help_is_in_the_language_of_the_terminal():
    assert "Crea la base de datos" in cotrace("--help", LC_ALL="es_MX.UTF-8").stdout
    assert "Procesos web." in cotrace("serve", "--help", LC_ALL="es_MX.UTF-8").stdout
    assert "Web processes." in cotrace("serve", "--help").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fly",), "cotrace: No such command 'fly'. cotrace --help\n"),
        (("serve", "--bogus"), "cotrace serve --help\n"),
        (("serve", "--port", "x"), "cotrace: Invalid value for '--port'"),
        (("migrate", "now"), "cotrace migrate --help\n"),
    ],
)
def test_wrong_use_is_told_in_one_line_and_ends_with_two(words, told):
    result = cotrace(*words)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_an_empty_database_is_a_refusal_that_says_what_to_do(tmp_path: Path):
    new = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    english, spanish = (
        cotrace("worker", COTRACE_DATABASE_URL=new),
        cotrace("worker", COTRACE_DATABASE_URL=new, LC_ALL="es_MX.UTF-8"),
    )
    assert (english.returncode, spanish.returncode) == (1, 1)
    assert "Run `cotrace migrate`" in english.stderr
    assert "Ejecute `cotrace migrate`" in spanish.stderr


def test_a_wrong_setting_is_told_in_one_line():
    result = cotrace("migrate", COTRACE_DATABASE_URL="mysql://somewhere")
    assert result.returncode == 70
    assert result.stderr.startswith("cotrace: COTRACE_DATABASE_URL:")
    assert result.stderr.count("\n") == 1


def test_a_port_in_use_is_refused_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = cotrace("serve", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 1
    assert "Another program listens on port" in result.stderr


def test_the_version_is_told():
    assert cotrace("--version").stdout.startswith("cotrace ")
