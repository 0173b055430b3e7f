"""What a record or a register holds reaches a terminal as characters that show, through the commands people type."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from django.utils import translation

from cotrace.exchange import commands as exchange
from cotrace.exchange.rules.fingerprints import grouped
from cotrace.seizures.commands import seizure as seizures
from cotrace.sharing.commands import access, agreements
from tests.support.at_terminal import absent
from tests.support.browser import serving

STEER = "\x1b]52;c;Y3VybCBldmlsfHNo\x07\x1b[2K\rnothing found here\u202e"
KEY_ID = "e1c3e43459036cf37cfc99e4fe786be7"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("COTRACE_TOKEN", "t")
    with translation.override("en"):
        yield


def said(monkeypatch, capsys, answer: object, command: Callable[[], None], status: str = "200 OK") -> str:
    """What a command prints when the site answers so."""

    def application(_environ, start_response):
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    with serving(application) as address:
        monkeypatch.setenv("COTRACE_URL", address)
        try:
            command()
        except typer.Exit as ended:
            assert ended.exit_code
    out, err = capsys.readouterr()
    return f"{out}{err}"


SEIZURE = {
    "number": "SZ-1", "occurred_on": "2026-01-01", "state_code": STEER, "owner": STEER, "level": "FULL", "place": STEER,
    "notes": f"one\n{STEER}", "liaison": {"liaison_name": STEER, "liaison_phone": STEER, "liaison_email": STEER},
    "municipio_code": STEER, "participants": [STEER], "amounts": {"long_guns": {"quantity": None, "reason": STEER}},
    "detained": None, "has_guns": None, "tear_line": STEER, "source_system": STEER, "source_ref": STEER,
    "recorded_at": STEER, "cap": STEER, "circle": STEER,
}  # fmt: skip
NONE = {"number": 0, "is_capped": False}
LISTED = {"rows": [SEIZURE], "count": {"number": 2, "is_capped": False}, "older": STEER, "pointers": NONE}
LOOK = {"at": "2026-01-01T00:00:00Z", "agency": STEER, "person": STEER, "action": STEER, "reason": STEER}
MEMORANDUM = {"number": "AG-1", "standing": "waits_for_us", "parties": [{"agency": STEER}], "title_en": STEER, "title_es": STEER}
LOG = {"sent": [], "received": [], "refused": [{"claimed_sender": STEER, "claimed_name": STEER, "claimed_message": STEER, "code": STEER}]}
PEERS = [{"code": "us1.example", "name": STEER * 4, "is_active": True, "keys": [{"key_id": KEY_ID}]}]
REFUSAL = {"code": "x", "message": STEER, "fields": [{"field": STEER, "code": "y", "message": STEER}]}


@pytest.mark.parametrize(
    ("answer", "command", "status"),
    [
        (SEIZURE, lambda: seizures.show(absent("SZ")), "200 OK"),
        (SEIZURE, lambda: seizures.show(absent("SZ"), as_json=True), "200 OK"),
        (LISTED, seizures.list_seizures, "200 OK"),
        (LISTED, seizures.list_pointers, "200 OK"),
        ([LOOK], lambda: access.looked(absent("SZ")), "200 OK"),
        ([MEMORANDUM], agreements.list_agreements, "200 OK"),
        (LOG, exchange.exchange_messages, "200 OK"),
        (PEERS, exchange.exchange_peers, "200 OK"),
        (REFUSAL, lambda: seizures.show(absent("SZ")), "409 Conflict"),
    ],
)
def test_nothing_steers_the_terminal(monkeypatch, capsys, answer, command, status: str) -> None:
    shown = said(monkeypatch, capsys, answer, command, status)
    assert "52;c;" in shown
    assert all(each.isprintable() or each == "\n" for each in shown)


def test_a_fingerprint_is_printed_whole_to_be_compared_by_telephone(monkeypatch, capsys) -> None:
    shown = said(monkeypatch, capsys, PEERS, exchange.exchange_peers)
    assert grouped(KEY_ID) in shown and "us1.example" in shown
