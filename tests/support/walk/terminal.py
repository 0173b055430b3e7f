"""The terminal door of the walk: each command that reads or changes records, with its exit code and output.

A command talks to the site as everywhere; only the wire between them is replaced, by one that stays in this
process, so that clock, ids and the savepoint are the walk's.
"""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import typer
from django.test import Client
from django.utils import translation

from cotrace.config import cli
from cotrace.config.command_list import COMMANDS
from cotrace.doors import terminal
from cotrace.foundation import clock, outbox
from cotrace.foundation.ids import seeded_ids
from tests.support.noninterference import Answer, Part, files_put_back, undone
from tests.support.walk.acts import NOON
from tests.support.walk.acts_json import (
    COMPANION,
    DRAFT,
    GOOD_LOG,
    GROUND,
    GUN,
    PHOTOGRAPH,
    REST,
    letter_in_walk,
)
from tests.support.walk.asking import token_of
from tests.support.walk.probes import Fills, Who
from tests.support.walk.things import Things
from tests.unit.tracing.builders import WHOLESALER
from tests.usecases.tracing.test_tracer_acts import shipped_to

SILENT = {
    "agency": "the operator's",
    "attachment verify": "the operator's",
    "audit": "the operator's",
    "backlog": "the operator's; counts and names of handlers",
    "centre": "the operator's",
    "connector": "a licensee's own records",
    "demo": "builds a world of its own",
    "exchange peer": "the operator's",
    "hooks": "prints the source's own wires",
    "login": "signs a terminal in; tests/functional/agencies/test_terminal.py",
    "logout": "one's own token; tests/functional/agencies/test_terminal.py",
    "member": "the operator's",
    "trace check": "looks at a file alone",
    "migrate": "the operator's",
    "reference": "the operator's",
    "serve": "runs the site",
    "whoami": "one's own token",
    "worker": "runs the worker",
}
"""Commands, or groups of them, that show no record, each with why."""

SPOKEN: dict[str, tuple[str, ...]] = {
    "access explain": ("{holding}", "--json"),
    "access looked": ("{holding}",),
    "access who": ("{holding}",),
    "agreement draft": ("{draft}",),
    "agreement end": ("{agreement}",),
    "agreement list": (),
    "agreement resume": ("{agreement}",),
    "agreement show": ("{agreement}",),
    "agreement sign": ("{agreement}",),
    "agreement suspend": ("{agreement}",),
    "attachment add": ("{firearm}", "{photo}", "--kind", "make"),
    "attachment custody": ("{attachment}",),
    "attachment list": ("{firearm}",),
    "attachment original": ("{attachment}", "--out", "{out}"),
    "attachment show": ("{attachment}", "--picture", "{out}"),
    "attachment withdraw": ("{attachment}", "--reason", "Blurred"),
    "circle add": ("{circle}", COMPANION),
    "circle candidates": ("{circle}",),
    "circle list": (),
    "circle open": ("Operación nueva",),
    "circle remove": ("{circle}", COMPANION),
    "circle show": ("{circle}",),
    "exchange acknowledge": ("{message}", "--out", "{out}"),
    "exchange export": ("{trace_request}", "--out", "{out}"),
    "exchange import": ("{letter}", "--acknowledgement", "{out}"),
    "exchange keys": (),
    "exchange messages": (),
    "exchange peers": (),
    "firearm describe": ("{seizure}", "{gun}"),
    "firearm list": ("{seizure}",),
    "firearm show": ("{firearm}",),
    "notice acknowledge": ("{notice}",),
    "notice list": (),
    "seizure correct": ("{seizure}", "{event}"),
    "seizure export": ("--state", "26", "--out", "{out}"),
    "seizure import": ("{log}", "--mapping", "cotrace-seizures", "--json"),
    "seizure list": ("--state", "26"),
    "seizure pointers": (),
    "seizure record": ("{event}",),
    "seizure restrict": ("{seizure}", "--cap", "POINTER"),
    "seizure show": ("{seizure}",),
    "tracer accept": ("{trace}", "--version", "1", "--note", "Looked into its books."),
    "tracer answer": ("{trace}", "{answer}", "--version", "1"),
    "tracer ask-again": ("{trace}", "--version", "1"),
    "tracer conclude": ("{trace}", "I1", "--version", "1"),
    "tracer continue": ("{trace}", "--version", "1"),
    "tracer correct": ("{trace}", "{correction}", "--step", "1", "--version", "1"),
    "tracer hold": ("{trace}", "--version", "1"),
    "tracer leave": ("{trace}",),
    "tracer purchaser": ("{trace}",),
    "tracer queue": ("--finished",),
    "tracer release": ("{trace}", "--version", "1"),
    "tracer show": ("{trace}",),
    "tracer start": ("{trace}", WHOLESALER.number, "--version", "1"),
    "tracer take": ("{trace}",),
    "tracer withhold": ("{trace}", "--version", "1", "--ground", GROUND),
    "trace list": (),
    "trace show": ("{trace_request}", "--pdf", "{out}", "--language", "en"),
    "trace submit": ("{rest}", "--firearm", "{firearm}"),
}
"""Command -> what follows it; `{kind}` is filled with every object of that kind."""


@dataclass(frozen=True)
class Line:
    """What is typed."""

    words: tuple[str, ...]


def leaves() -> list[str]:
    """Return every command by its words, from the root itself."""
    return sorted(_leaves(typer.main.get_command(cli.root(COMMANDS)), ""))


def _leaves(group: object, path: str) -> Iterator[str]:
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        words = f"{path} {name}".strip()
        if hasattr(command, "commands"):
            yield from _leaves(command, words)
        else:
            yield words


def spoken(things: Things, who: Who, *, is_full: bool) -> list[Line]:
    """Return what a reader types: each command with each object that it can name, or with a few."""
    fills = Fills(things, who, is_whole=is_full)
    lines = []
    for command, rest in SPOKEN.items():
        kinds = [each[1:-1] for each in rest if each.startswith("{") and each[1:-1] not in FILES]
        named = [each.number for each in fills.of(kinds[0])] if kinds else [""]
        for number in named:
            filled = [number if kinds and each == f"{{{kinds[0]}}}" else each for each in rest]
            lines.append(Line((*command.split(), *filled)))
    return lines


DOCUMENTS: dict[str, object] = {
    "answer": shipped_to(WHOLESALER),
    "correction": {"note": "Read out wrongly.", "answer": shipped_to(WHOLESALER)},
    "draft": DRAFT,
    "event": {"occurred_on": "2026-02-02", "place": "elsewhere"},
    "gun": {"serial": "NEW-1", **GUN},
    "rest": REST,
}
"""What the JSON files hold that commands read."""

FILES = ("out", "log", "letter", "photo", *DOCUMENTS)


def said_by(who: Who, lines: list[Line], *, folder: Path) -> list[Answer]:
    """Type each line as one reader; return exit code, standard output and error, and what was written."""
    (folder / "log.csv").write_bytes(GOOD_LOG)
    (folder / "letter.json").write_bytes(letter_in_walk()[2])
    (folder / "photo.jpg").write_bytes(PHOTOGRAPH[2])
    for name, document in DOCUMENTS.items():
        (folder / f"{name}.json").write_text(json.dumps(document))
    with clock.frozen_at(NOON), seeded_ids(f"walk:{who}"), pytest.MonkeyPatch.context() as patched:
        patched.setenv("COTRACE_TOKEN", token_of(who))
        patched.setattr(terminal.httpx, "Client", _client())
        found = []
        for line in lines:
            with seeded_ids(f"walk:{line}"), undone(), files_put_back(), translation.override("en"):
                found.append(_said(line, folder))
        return found


def _said(line: Line, folder: Path) -> Answer:
    out = folder / "out.json"
    paths = {"{out}": str(out), "{log}": str(folder / "log.csv"), "{photo}": str(folder / "photo.jpg")}
    paths |= {f"{{{name}}}": str(folder / f"{name}.json") for name in ("letter", *DOCUMENTS)}
    told, wrong = io.StringIO(), io.StringIO()
    with redirect_stdout(told), redirect_stderr(wrong), pytest.raises(SystemExit) as ended:
        cli.main([paths.get(each, each) for each in line.words])
    written = out.read_bytes() if out.exists() else b""
    out.unlink(missing_ok=True)
    parts = (
        Part(int(ended.value.code or 0), (), told.getvalue().encode()),
        Part(0, (), wrong.getvalue().encode()),
        Part(0, (), written),
    )
    return Answer(line, parts)


def _client() -> type[httpx.Client]:
    """Return an HTTP client whose other end is the site in this process; what is to be done is done at once."""

    def answer(request: httpx.Request) -> httpx.Response:
        response = Client().generic(
            request.method,
            request.url.raw_path.decode(),
            data=request.read(),
            content_type=request.headers.get("content-type", ""),
            headers={"Authorization": request.headers.get("authorization", "")},
        )
        if request.method != "GET":
            outbox.drain()
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return httpx.Response(response.status_code, content=body, headers=dict(response.headers))

    class Near(httpx.Client):
        def __init__(self, **details: object) -> None:
            super().__init__(transport=httpx.MockTransport(answer), **details)  # type: ignore[arg-type]

    return Near

