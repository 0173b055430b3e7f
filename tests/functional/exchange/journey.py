"""Two installations that know each other, and what a request needs on its way: for tests of files and of pages."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from cotrace.tracing.exports.connector_server import ServeOptions, open_server
from cotrace.tracing.exports.key_files import create_key_pair
from tests.functional.exchange.installation import Installation, running
from tests.usecases.tracing.world import CALL_BACK, LICENSEES, books, write_book

SEIZURE = {"occurred_on": "2024-01-20", "state_code": "26", "municipio_code": "26043"}
GUN = {
    "type_code": "PI",
    "make": "Sierra Arms",
    "model": "S17",
    "calibre": "9MM",
    "country_of_origin": "US",
    "serial": "ABC-1234",
}
REST = {
    "agency": {"agency_code": "MXSON0001", "case_number": "SON/118/2024"},
    "crime_code": "5217",
    "is_criminal_investigation": True,
}


@contextmanager
def licensees(centre: Installation, home: Path) -> Iterator[None]:
    """Run three connectors and enter them in the centre's register, through its API."""
    key = centre.api("ATF", "GET", "/centre/key").json()["key"]
    (home / "centre.pub").write_text(key)
    with ExitStack() as stack:
        for licensee in LICENSEES:
            name = licensee.number[-4:]
            public = create_key_pair(home / f"{name}.key")
            write_book(home / f"{name}.csv", books()[licensee.number])
            options = ServeOptions(
                licence=licensee.number,
                records=home / f"{name}.csv",
                log=home / f"{name}.log",
                key=home / f"{name}.key",
                centre_keys=(home / "centre.pub",),
            )
            server, _ = stack.enter_context(open_server(options))
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
            stack.callback(server.shutdown)
            body = {
                "name": licensee.name,
                "role": licensee.role.value,
                "url": f"http://127.0.0.1:{server.server_port}",
                "keys": [public.text],
                "reach": "loopback",
            }
            entered = centre.api("ATF", "PUT", f"/centre/licensees/{licensee.number}", body)
            assert entered.status_code == 204, entered.text
        yield


@pytest.fixture
def mexico(engine_under_test, tmp_path: Path) -> Iterator[Installation]:
    centre = {"agency": "NTC", "call_back": CALL_BACK, "installation": "us1", "is_default": True}
    spec = {"centre": centre, "agencies": ["FGE-SON", "FGR"]}
    with running(engine_under_test, tmp_path / "mx", code="MX1", spec=spec) as found:
        yield found


@pytest.fixture
def united_states(engine_under_test, tmp_path: Path) -> Iterator[Installation]:
    centre = {"agency": "ATF", "call_back": CALL_BACK, "is_default": True}
    spec = {"centre": centre, "agencies": ["ATF"]}
    with running(engine_under_test, tmp_path / "us", code="US1", spec=spec) as found:
        yield found


def introduce(mexico: Installation, united_states: Installation) -> None:
    """Enter each installation in the other's register, as their operators do after they compared keys by telephone."""
    for one, agency, other, theirs in (
        (mexico, "FGE-SON", united_states, "ATF"),
        (united_states, "ATF", mexico, "FGE-SON"),
    ):
        there = json.loads(other.cotrace(theirs, "exchange", "keys", "--json"))
        words = ["exchange", "peer", "put", there["installation"], "--name", "Over there", "--key", there["key"]]
        said = one.cotrace(agency, *words, "--agreement", "MOU-2024-01")
        assert there["key_id"] in said.replace(" ", "")


def offered(installation: Installation, agency: str, content: bytes) -> httpx.Response:
    """Offer a file through the API; return the answer."""
    headers = {"Authorization": f"Bearer {installation.tokens[agency]}"}
    files = {"file": ("message.cotrace.json", content, "application/json")}
    return httpx.post(f"{installation.url}/api/v1/exchange/files", files=files, headers=headers, timeout=30)


def submitted(mexico: Installation) -> str:
    seizure = mexico.api("FGE-SON", "POST", "/seizures", SEIZURE).json()["number"]
    gun = mexico.api("FGE-SON", "POST", "/firearms", {"seizure": seizure, **GUN}).json()["number"]
    made = mexico.api("FGE-SON", "POST", f"/traces/from-firearm/{gun}", REST)
    assert made.status_code == 201, made.text
    return str(made.json()["number"])
