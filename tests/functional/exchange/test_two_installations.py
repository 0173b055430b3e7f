"""A request leaves one installation as a signed file, is worked on another, and comes back as a signed result.

Two databases, two homes, two sites with their workers; the files are carried by hand, by `cotrace exchange`.
"""

import json
from pathlib import Path

import pytest

from tests.functional.exchange.installation import until
from tests.functional.exchange.journey import (
    introduce,
    licensees,
    mexico,
    offered,
    submitted,
    united_states,
)
from tests.usecases.tracing.world import SURNAME

__all__ = ["mexico", "united_states"]


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
    words = ("peer", "put", "us1", "--name", "Centre", "--key", "A" * 43, "--agreement", "MOU-1")
    mexico.cotrace("FGE-SON", "exchange", *words)
    assert "left as it is" in mexico.cotrace("FGE-SON", *export, code=1)
    assert there.read_text() == "{}"
