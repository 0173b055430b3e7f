"""A request leaves one installation as a signed file, is worked on another, and comes back as a signed result.

Two databases, two homes, two sites with their workers; the files are carried by hand, by `cotrace exchange`.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cotrace.tracing.exports.connector_server import ServeOptions, open_server
from cotrace.tracing.exports.key_files import create_key_pair
from tests.functional.exchange.installation import Installation, running, until
from tests.usecases.tracing.world import CALL_BACK, LICENSEES, SURNAME, books, write_book

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
    """Enter each installation in the other's register, as their people do on the telephone."""
    there = json.loads(united_states.cotrace("ATF", "exchange", "keys", "--json"))
    words = ["exchange", "peers", "add", there["installation"], "--name", "US", "--key", there["key"]]
    mexico.cotrace("FGE-SON", *words, "--agreement", "MOU-2024-01")
    here = mexico.api("FGE-SON", "GET", "/exchange/key").json()
    now = datetime.now(UTC)
    key = {
        "key": here["key"],
        "valid_from_at": (now - timedelta(days=1)).isoformat(),
        "valid_until_at": (now + timedelta(days=30)).isoformat(),
    }
    body = {"name": "MX", "agreement": "MOU-2024-01", "keys": [key]}
    entered = united_states.api("ATF", "PUT", f"/exchange/peers/{here['installation']}", body)
    assert entered.status_code == 204, entered.text


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


def test_a_request_goes_there_and_its_result_comes_back(mexico, united_states, tmp_path: Path) -> None:
    introduce(mexico, united_states)
    request = submitted(mexico)
    out = tmp_path / "request.cotrace.json"
    mexico.cotrace("FGE-SON", "exchange", "export", request, "--out", str(out))
    assert out.stat().st_mode & 0o077 == 0

    altered = offered(united_states, "ATF", out.read_bytes().replace(b"ABC-1234", b"ABC-1239"))
    assert (altered.status_code, altered.json()["code"]) == (409, "file_altered")
    assert united_states.api("ATF", "GET", "/centre/traces").json()["rows"] == []

    receipt = tmp_path / "receipt.cotrace.json"
    with licensees(united_states, tmp_path):
        words = ("exchange", "import", str(out), "--acknowledgement", str(receipt), "--json")
        trace = json.loads(united_states.cotrace("ATF", *words))["number"]

        def opened() -> dict[str, object]:
            return dict(united_states.api("ATF", "GET", f"/centre/traces/{trace}").json())

        assert until(lambda: opened()["status"] == "concluded"), opened()
    assert "received before" in united_states.cotrace("ATF", "exchange", "import", str(out), code=1)

    mexico.cotrace("FGE-SON", "exchange", "import", str(receipt))
    standing = mexico.api("FGE-SON", "GET", f"/traces/{request}").json()
    assert (standing["standing"]["shown_as"], standing["centre_number"]) == ("in_process", trace)

    body = {"version": opened()["version"]}
    assert united_states.api("ATF", "POST", f"/centre/traces/{trace}/release", body).status_code == 204
    back = tmp_path / "result.cotrace.json"
    united_states.cotrace("ATF", "exchange", "export", trace, "--out", str(back))
    assert offered(mexico, "FGR", back.read_bytes()).json()["code"] == "file_reply_to_unknown"
    acknowledged = tmp_path / "acknowledged.cotrace.json"
    mexico.cotrace("FGE-SON", "exchange", "import", str(back), "--acknowledgement", str(acknowledged))
    result = mexico.api("FGE-SON", "GET", f"/traces/{request}/result").json()
    assert (result["outcome"], result["trace_number"]) == ("P1", trace)
    assert result["purchaser"]["family_names"] == SURNAME
    assert mexico.api("FGR", "GET", f"/traces/{request}/result").status_code == 404

    assert offered(united_states, "ATF", acknowledged.read_bytes()).json()["number"] == trace
    log = united_states.api("ATF", "GET", "/exchange/messages").json()
    assert {each["kind"]: each["state"] for each in log["sent"]} == {
        "trace_result": "accepted",
        "acknowledgement": "sent",
    }
    assert sorted(each["code"] for each in log["refused"]) == ["file_already_received", "file_altered"]
    assert (united_states.home / "keys" / "exchange.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.full
def test_the_terminal_never_overwrites_and_says_what_is_wrong(mexico, tmp_path: Path) -> None:
    there = tmp_path / "there.cotrace.json"
    there.write_text("{}")
    absent = ("exchange", "acknowledge", "TR-MX1-0000-0000-0000_1", "--out", str(tmp_path / "ack"))
    mexico.cotrace("FGE-SON", *absent, code=3)
    assert not (tmp_path / "ack").exists()
    assert "agreed form" in mexico.cotrace("FGE-SON", "exchange", "import", str(there), code=2)
    missing = str(tmp_path / "missing.cotrace.json")
    assert "cannot be read" in mexico.cotrace("FGE-SON", "exchange", "import", missing, code=2)
    request = submitted(mexico)
    export = ("exchange", "export", request, "--out", str(there))
    assert "us1" in mexico.cotrace("FGE-SON", *export, code=1)
    words = ("peers", "add", "us1", "--name", "Centre", "--key", "A" * 43, "--agreement", "MOU-1")
    mexico.cotrace("FGE-SON", "exchange", *words)
    assert "left as it is" in mexico.cotrace("FGE-SON", *export, code=1)
    assert there.read_text() == "{}"
