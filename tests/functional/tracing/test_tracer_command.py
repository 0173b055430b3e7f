"""A gun from its seizure to its purchaser by the terminal alone: `cotrace firearm`, `trace` and `tracer`."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from cotrace.tracing.permissions import TracePermission
from tests.functional.tracing.asking import DETAILS
from tests.support.at_terminal import Terminal, absent, written
from tests.support.pages import seizure_exists
from tests.support.world import token
from tests.usecases.tracing.world import centre_exists, connectors, submit

GUN = {
    "type_code": "PI", "make": "Sierra Arms", "model": "S17", "calibre": "9MM", "country_of_origin": "US",
    "serial": "ABC-1234", "exhibit_number": "7",
}  # fmt: skip


@pytest.fixture
def site(answering_site: str) -> str:
    """The address of a running site, with a tracing centre."""
    centre_exists()
    return answering_site


@pytest.fixture
def asking(site: str) -> Terminal:
    """Somebody of the agency that asks."""
    return Terminal(site, token("FGE-SON"))


@pytest.fixture
def tracing(site: str) -> Terminal:
    """Somebody of the tracing centre."""
    return Terminal(site, token("ATF"), group="tracer")


def version_of(trace: str) -> str:
    return str(Trace.objects.get(pk=trace).version)


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
    assert tracing.run("release", trace, "--version", version_of(trace)) == (0, "The result is released.\n", "")
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
    code, out, err = tracing.run("release", trace, "--version", version_of(trace))

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
