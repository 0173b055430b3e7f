"""A gun from its seizure to its purchaser by the terminal alone: `cotrace firearm`, `trace` and `tracer`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from cotrace.foundation import outbox
from cotrace.foundation.ids import check_character
from cotrace.tracing.models import Trace
from cotrace.tracing.permissions import TracePermission
from tests.functional.tracing.asking import DETAILS
from tests.support.at_terminal import Terminal
from tests.support.browser import serving
from tests.support.pages import cast_exists, seizure_exists
from tests.support.world import token
from tests.usecases.tracing.world import centre_exists, connectors, submit

GUN = {
    "type_code": "PI", "make": "Sierra Arms", "model": "S17", "calibre": "9MM", "country_of_origin": "US",
    "serial": "ABC-1234", "exhibit_number": "7",
}  # fmt: skip


@pytest.fixture
def site(committed) -> Iterator[str]:
    """The address of a running site, with a tracing centre."""
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]), serving(get_wsgi_application()) as address:
        cast_exists()
        centre_exists()
        yield address


@pytest.fixture
def asking(site: str) -> Terminal:
    """Somebody of the agency that asks."""
    return Terminal(site, token("FGE-SON"))


@pytest.fixture
def tracing(site: str) -> Terminal:
    """Somebody of the tracing centre."""
    return Terminal(site, token("ATF"), group="tracer")


def absent(kind: str) -> str:
    """A number that could be one and is none."""
    return f"{kind}-TEST-0000-0000-000{check_character(f'{kind}TEST00000000000')}"


def written(path: Path, document: object) -> str:
    path.write_text(json.dumps(document))
    return str(path)


def test_a_gun_is_described_traced_released_and_read(asking: Terminal, tracing: Terminal, tmp_path: Path) -> None:
    guns = replace(asking, group="firearm")
    seizure = seizure_exists("FGE-SON", occurred_on=date(2024, 1, 20))
    code, out, err = guns.run("describe", seizure, written(tmp_path / "gun.json", GUN))
    assert (code, err) == (0, "")
    gun = out.removeprefix("Described: ").strip()
    assert gun in guns.run("list", seizure)[1]
    code, out, err = asking.run("submit", written(tmp_path / "rest.json", DETAILS), "--firearm", gun)
    assert (code, err) == (0, "")
    request = out.removeprefix("Submitted: ").strip()
    with connectors(tmp_path):
        outbox.drain()

    trace = Trace.objects.get().pk
    assert trace in tracing.run("queue")[1]
    code, out, err = tracing.run("show", trace)
    assert (code, err) == (0, "")
    assert "Concluded" in out and "Sierra Arms" in out and "Núñez" not in out
    assert tracing.run("release", trace) == (0, "The result is released.\n", "")
    outbox.drain()
    assert "Núñez" in asking.run("show", request)[1]
    assert trace not in tracing.run("queue")[1]
    assert trace in tracing.run("queue", "--finished")[1]


def test_a_trace_is_taken_and_what_is_not_ended_is_not_released(tracing: Terminal) -> None:
    submit()
    outbox.drain()
    trace = Trace.objects.get().pk

    assert tracing.run("take", trace) == (0, "The trace is yours.\n", "")
    assert json.loads(tracing.run("show", trace, "--json")[1])["is_mine"] is True
    code, out, err = tracing.run("release", trace)

    assert (code, out) == (1, "")
    assert err.startswith("cotrace: ") and err.count("\n") == 1


def test_what_changed_since_it_was_read_is_not_released(tracing: Terminal, tmp_path: Path) -> None:
    submit()
    with connectors(tmp_path):
        outbox.drain()
    trace = Trace.objects.get()

    code, out, err = tracing.run("release", trace.pk, "--version", str(trace.version - 1))

    assert (code, out) == (1, "") and "changed" in err


def test_who_may_not_trace_learns_of_no_trace(site: str, asking: Terminal) -> None:
    submit()
    outbox.drain()
    other = replace(asking, group="tracer")

    assert other.run("show", Trace.objects.get().pk) == other.run("show", absent("TC"))
    blind = Terminal(site, token("ATF", name="Eva", permissions=[TracePermission.READ]), group="tracer")
    assert blind.run("queue")[0] == 4


def test_a_description_that_lacks_something_is_told_by_its_field(asking: Terminal, tmp_path: Path) -> None:
    guns = replace(asking, group="firearm")
    seizure = seizure_exists("FGE-SON")
    code, out, err = guns.run("describe", seizure, "-", typed=json.dumps({**GUN, "type_code": "", "serial": ""}))
    assert (code, out) == (2, "")
    assert "Kind of gun (type_code)" in err and "Serial number (serial)" in err
    for typed in ("[]", "{", '{"a": 1, "a": 2}'):
        code, out, err = guns.run("describe", seizure, "-", typed=typed)
        assert (code, out) == (2, "") and err.count("\n") == 1
    assert guns.run("describe", seizure, str(tmp_path / "absent.json"))[0] == 2
    assert guns.run("list", seizure, "--json")[1].strip() == "[]"


def test_a_gun_is_shown_at_the_readers_level_and_to_others_not_at_all(asking: Terminal, site: str) -> None:
    guns = replace(asking, group="firearm")
    seizure = seizure_exists("FGE-SON")
    gun = guns.run("describe", seizure, "-", typed=json.dumps(GUN))[1].removeprefix("Described: ").strip()
    shown = guns.run("show", gun)[1]
    assert "ABC-1234" in shown and "Read whole" in shown and "Not looked for yet" in shown and "United States" in shown
    assert "Número de serie" in replace(guns, language="es_MX.UTF-8").run("show", gun)[1]
    stranger = Terminal(site, token("PD-EP"), group="firearm")
    assert stranger.run("show", gun) == stranger.run("show", absent("FA"))
    assert stranger.run("list", seizure) == stranger.run("list", absent("SZ"))
