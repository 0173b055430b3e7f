"""What all commands that talk to a site share: the HTTP client, tokens at rest, new files. `printing` prints.

`call` ends the command with one line on standard error and the documented exit code when the site refuses:
1 refused by a rule, 2 wrong use, 3 not found, 4 denied. Answers of 200-299 are returned.
"""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NoReturn

import httpx
import typer
from django.utils.translation import get_language, gettext

from cotrace.doors.printing import (
    WIDTH,
    Bar,
    print_json,
    print_table,
    progress,
    say,
    say_fact,
    say_lines,
    shown,
    wrapped,
)

__all__ = [
    "WIDTH",
    "Bar",
    "print_json",
    "print_table",
    "progress",
    "say",
    "say_fact",
    "say_lines",
    "shown",
    "wrapped",
]
"""What commands print with, so that one import is enough."""

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_EXIT_CODES = {401: 4, 403: 4, 404: 3, 410: 3, 400: 2, 405: 2, 413: 2, 415: 2, 422: 2}

NO_LABELS: Mapping[str, object] = MappingProxyType({})

Json = Mapping[str, object] | Sequence[object]
Files = Mapping[str, tuple[str, IO[bytes], str]]


def site() -> str:
    """Return the address of the site that commands talk to, without a slash at its end."""
    return (os.environ.get("COTRACE_URL") or "http://127.0.0.1:8000").rstrip("/")


def token_file() -> Path:
    """Return where `cotrace login` keeps tokens, one for each site."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "cotrace" / "token.json"


def kept_token() -> str:
    """Return the token for the site: COTRACE_TOKEN if set, else what `cotrace login` kept; empty for none."""
    given = os.environ.get("COTRACE_TOKEN", "").strip()
    return given or str(_kept().get(site(), ""))


def keep_token(token: str) -> Path:
    """Keep a token for the site, readable by its owner alone; return the file."""
    held = {**_kept(), site(): token}
    return _write({where: each for where, each in held.items() if each})


def forget_token() -> None:
    """Forget the token that was kept for the site."""
    held = _kept()
    if held.pop(site(), None) is not None:
        _write(held)


def call(
    method: str,
    path: str,
    json: Json | None = None,
    files: Files | None = None,
    *,
    form: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    token: str | None = None,
    labels: Mapping[str, object] = NO_LABELS,
) -> httpx.Response:
    """Send a request to the site's API and return its answer; `path` starts after `/api/v1`.

    `token` is the kept one unless given, none at all where it is empty; `labels` as in `refuse`. Ends the command with a line on standard error where the site refuses or does not answer.
    """
    response = ask(method, path, json=json, files=files, form=form, query=query, token=token)
    if not response.is_success:
        refuse(response, labels=labels)
    return response


def ask(
    method: str,
    path: str,
    *,
    json: Json | None = None,
    files: Files | None = None,
    form: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    token: str | None = None,
) -> httpx.Response:
    """Send a request and return its answer whatever its status, for commands that wait for one."""
    headers = {"Accept": "application/json", "Accept-Language": get_language() or "en"}
    bearer = kept_token() if token is None else token
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    try:
        with httpx.Client(timeout=TIMEOUT, headers=headers, follow_redirects=False) as client:
            return client.request(
                method, f"{site()}/api/v1{path}", json=json, files=files, data=form, params=query
            )
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        fail(gettext("%(site)s does not answer. Check COTRACE_URL and the network.") % {"site": site()}, code=1)


def refuse(response: httpx.Response, *, labels: Mapping[str, object] = NO_LABELS) -> NoReturn:
    """Say what the site refused and end the command; a field that `labels` knows is called by its name too."""
    fail(_sentence_of(response, labels), code=_EXIT_CODES.get(response.status_code, 1))


def named(field: str, labels: Mapping[str, object]) -> str:
    """Return what a field is called, with its place in the document: "Recovered on (recovery.date)"."""
    return f"{labels[field]} ({field})" if field in labels else field


def say_page(*, shown: int, count: Mapping[str, Any], cursor: str) -> None:
    """Say how many rows a table left out and how to go on; nothing where it left out none."""
    if not cursor:
        return
    told = gettext("at least %(number)s") % count if count["is_capped"] else count["number"]
    said = gettext("%(shown)s of %(count)s. The next ones: --at %(cursor)s")
    say(said % {"shown": shown, "count": told, "cursor": cursor})


def error_code(response: httpx.Response) -> str:
    """Return the stable code of a refusal, empty where the answer is none of ours."""
    return str(_error(response).get("code", ""))


def fail(sentence: str, *, code: int) -> NoReturn:
    """Say one line on standard error and end the command."""
    say(f"cotrace: {sentence}", err=True)
    raise typer.Exit(code)


def refuse_existing(path: Path) -> None:
    """End the command where a file is there already, before anything is asked for its sake."""
    if path.exists() or path.is_symlink():
        _fail_existing(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a new file that its owner alone can read, whole or not at all; nothing is ever overwritten."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _fail_existing(path)
    except OSError:
        _fail_unwritable(path)
    try:
        _fill(path, content)
    except OSError:
        path.unlink(missing_ok=True)
        _fail_unwritable(path)


def _fill(path: Path, content: bytes) -> None:
    """Put content in the place of a file that is ours already, in one step."""
    descriptor, fresh = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def _fail_unwritable(path: Path) -> NoReturn:
    fail(gettext("%(file)s cannot be written.") % {"file": path}, code=2)


def _fail_existing(path: Path) -> NoReturn:
    fail(gettext("%(file)s exists already and is left as it is.") % {"file": path}, code=1)


def _kept() -> dict[str, str]:
    try:
        held = json.loads(token_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(where): str(each) for where, each in held.items()} if isinstance(held, dict) else {}


def _write(held: Mapping[str, str]) -> Path:
    path = token_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(held, file)
    fresh.replace(path)
    return path


def _error(response: httpx.Response) -> Mapping[str, object]:
    try:
        found = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _sentence_of(response: httpx.Response, labels: Mapping[str, object]) -> str:
    if response.status_code == httpx.codes.UNAUTHORIZED and not kept_token():
        return gettext("Nobody is signed in. Run `cotrace login`, or set COTRACE_TOKEN.")
    found = _error(response)
    if not found.get("message"):
        return gettext("%(site)s answered %(status)d, which this command does not understand.") % {
            "site": site(),
            "status": response.status_code,
        }
    problems = found.get("fields")
    said = [
        f"{named(str(each.get('field')), labels)}: {each.get('message')}"
        for each in (problems if isinstance(problems, list) else [])
        if isinstance(each, dict)
    ]
    return " ".join([str(found["message"]), *said])
