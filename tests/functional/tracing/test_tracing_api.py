"""Guns and traces through the JSON door, from the description to the released result."""

import json
from pathlib import Path

import pytest
from django.test import Client

from cotrace.foundation import outbox
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.rules.result_document import parse_result
from tests.support.world import agencies_exist, token
from tests.unit.tracing.builders import DEALER, MAKER
from tests.usecases.firearms.codes import codes_exist
from tests.usecases.tracing.world import SURNAME, centre_exists, connectors, document, register

pytestmark = pytest.mark.django_db
SEIZURE = {"occurred_on": "2024-01-20", "state_code": "26", "municipio_code": "26043", "place": "Km 4"}
GUN = {
    "type_code": "PI",
    "make": "Sierra Arms",
    "model": "S17",
    "calibre": "9MM",
    "country_of_origin": "US",
    "serial": "ABC-1234",
    "exhibit_number": "7",
}
REST = {"agency": {"case_number": "FED/SON/118"}, "crime_code": "5217", "is_criminal_investigation": True}


class Api:
    """A caller with a token of one agency."""

    def __init__(self, agency: str, **changes: object) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token(agency, **changes)}"}  # type: ignore[arg-type]

    def get(self, path: str):
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path: str, body: object | None = None):
        return self.send("post", path, body)

    def send(self, method: str, path: str, body: object | None):
        data = body if isinstance(body, bytes) else json.dumps(body if body is not None else {})
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", data=data, content_type="application/json", headers=self.headers)

    def act(self, number: str, act: str, **body: object):
        version = self.get(f"/centre/traces/{number}").json()["version"]
        return self.post(f"/centre/traces/{number}/{act}", {"version": version, **body})


@pytest.fixture(autouse=True)
def world(db) -> None:
    agencies_exist()
    codes_exist()
    centre_exists()


def described(api: Api) -> str:
    seizure = api.post("/seizures", SEIZURE).json()["number"]
    made = api.post("/firearms", {"seizure": seizure, **GUN})
    assert made.status_code == 201, made.content
    return made.json()["number"]


def the_trace(api: Api) -> str:
    outbox.drain()
    return api.get("/centre/traces").json()["rows"][0]["number"]


def test_a_gun_is_described_traced_and_its_result_fetched(tmp_path: Path) -> None:
    asking, centre = Api("FGE-SON"), Api("ATF")
    firearm = described(asking)
    number = asking.post(f"/traces/from-firearm/{firearm}", REST).json()["number"]
    opened = asking.get(f"/traces/{number}").json()
    assert opened["document"]["recovery"] == {
        "date": "2024-01-20",
        "city": "Nogales",
        "state": "Sonora",
        "country": "MX",
        "address": "Km 4",
        "exhibit_number": "7",
    }
    with connectors(tmp_path):
        trace = the_trace(centre)
    assert centre.get(f"/centre/traces/{trace}").json()["outcome"] == "P1"
    early = asking.get(f"/traces/{number}/result")
    assert (early.status_code, early.json()["code"]) == (409, "trace_no_result_yet")
    assert centre.act(trace, "release").status_code == 204
    outbox.drain()
    result = asking.get(f"/traces/{number}/result").json()
    read = parse_result(result)
    assert read.dealer is not None and read.dealer.number == DEALER.number
    assert read.purchaser is not None and read.purchaser.family_names == SURNAME
    assert (result["caveat"], result["time_to_crime"]["days"]) == ("lead_not_evidence", 219)
    listed = asking.get("/traces").json()["rows"]
    assert [(row["number"], row["standing"]["shown_as"]) for row in listed] == [(number, "result")]


def test_a_document_is_submitted_as_it_is(tmp_path: Path) -> None:
    asking = Api("FGE-SON")
    body = request_to_json(document())
    number = asking.post("/traces", body).json()["number"]
    assert asking.get(f"/traces/{number}").json()["document"] == body
    again = asking.post("/traces", body)
    assert (again.status_code, again.json()["code"]) == (409, "trace_submitted_already")


def test_what_is_missing_or_unreadable_is_said_by_its_field() -> None:
    asking = Api("FGE-SON")
    body = request_to_json(document())
    recovery = {**body["recovery"], "date": "03/04/2024"}  # type: ignore[dict-item]
    wrong = asking.post("/traces", {**body, "recovery": recovery, "colour": 1})
    assert wrong.status_code == 422
    assert {(each["field"], each["code"]) for each in wrong.json()["fields"]} == {
        ("recovery.date", "document_date_ambiguous"),
        ("colour", "field_unknown"),
    }
    firearm = described(asking)
    missing = asking.post(f"/traces/from-firearm/{firearm}", {})
    assert {each["field"] for each in missing.json()["fields"]} == {
        "agency.case_number",
        "crime_code",
        "is_criminal_investigation",
    }
    twice = asking.post(f"/traces/from-firearm/{firearm}", {**REST, "gun": {"serial": "X"}})
    assert twice.json()["fields"][0]["code"] == "gun_comes_from_its_description"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json_malformed"),
        (b"[]", "trace_document_missing"),
        (b'{"a":1,"a":2}', "json_duplicate_key"),
        (b'{"a":1.5}', "json_not_a_whole_number"),
        (b"[" * 200 + b"]" * 200, "json_too_deep"),
        (b'"' + b"x" * 70_000 + b'"', "json_too_large"),
        (b"\xff", "json_not_utf8"),
    ],
)
def test_a_body_that_is_no_document_is_refused_with_its_reason(body: bytes, code: str) -> None:
    answer = Api("FGE-SON").post("/traces", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_gun_is_under_one_trace_at_a_time() -> None:
    asking = Api("FGE-SON")
    firearm = described(asking)
    assert asking.post(f"/traces/from-firearm/{firearm}", REST).status_code == 201
    other = {**REST, "agency": {"case_number": "another"}}
    again = asking.post(f"/traces/from-firearm/{firearm}", other)
    assert (again.status_code, again.json()["code"]) == (409, "firearm_traced_already")


def test_a_tracer_works_a_trace_by_hand_to_its_end() -> None:
    register(MAKER)
    asking, centre, colleague = Api("FGE-SON"), Api("ATF"), Api("ATF", name="two")
    asking.post("/traces", request_to_json(document()))
    trace = the_trace(centre)
    assert centre.post(f"/centre/traces/{trace}/take").status_code == 204
    second = colleague.post(f"/centre/traces/{trace}/take")
    assert (second.status_code, second.json()["code"]) == (409, "trace_taken_by_other")
    version = centre.get(f"/centre/traces/{trace}").json()["version"]
    answer = {"kind": "stolen_or_lost", "detail": {"place": "inventory", "discovered_on": "2023-03-01"}}
    entered = centre.post(f"/centre/traces/{trace}/answer?version={version}", answer)
    assert entered.status_code == 204, entered.content
    read = centre.get(f"/centre/traces/{trace}").json()
    assert (read["status"], read["outcome"], read["steps"][0]["answer_kind"]) == (
        "concluded",
        "W2",
        "stolen_or_lost",
    )
    assert centre.post(f"/centre/traces/{trace}/purchaser").status_code == 404
    stale = centre.post(f"/centre/traces/{trace}/release", {"version": version})
    assert (stale.status_code, stale.json()["code"]) == (409, "trace_changed")
    held = centre.act(trace, "withhold", ground="Sealed by order of the court")
    assert held.status_code == 204
    assert centre.get("/centre/traces?status=withheld").json()["rows"][0]["number"] == trace


def test_a_wrong_answer_is_corrected_and_the_old_one_stays_in_the_answer() -> None:
    register()
    asking, centre = Api("FGE-SON"), Api("ATF")
    asking.post("/traces", request_to_json(document()))
    trace = the_trace(centre)
    centre.post(f"/centre/traces/{trace}/take")
    path = f"/centre/traces/{trace}"
    version = centre.get(path).json()["version"]
    wrong = {"kind": "shipped_to", "detail": {"licensee": {"number": DEALER.number}}}
    assert centre.post(f"{path}/answer?version={version}", wrong).status_code == 204
    version = centre.get(path).json()["version"]
    right = {"kind": "sold_to_purchaser", "detail": {"purchaser": {"family_names": SURNAME}, "sold_on": "2023-06-15"}}
    where = f"{path}/correct?version={version}&step=1"
    assert centre.post(where, {"note": "typo", "answer": right}).json()["code"] == "correction_note_missing"
    unread = centre.post(where, {"note": "Read out wrongly.", "answer": {"kind": "shipped_to"}, "colour": 1})
    assert {each["field"] for each in unread.json()["fields"]} == {"colour"}
    assert centre.post(where, {"note": "Read out wrongly.", "answer": right}).status_code == 204
    read = centre.get(path).json()
    (earlier,) = read["steps"][0]["earlier"]
    assert (read["outcome"], earlier["answer"], earlier["note"]) == ("P1", wrong, "Read out wrongly.")
    assert [each["licensee"] for each in read["superseded"]] == [DEALER.number]
    assert SURNAME not in json.dumps(read)
    stale = centre.post(where, {"note": "Read out wrongly.", "answer": wrong})
    assert (stale.status_code, stale.json()["code"]) == (409, "trace_changed")


def test_no_door_ends_a_trace_with_a_purchaser_that_no_answer_names() -> None:
    asking, centre = Api("FGE-SON"), Api("ATF")
    asking.post("/traces", request_to_json(document()))
    trace = the_trace(centre)
    centre.post(f"/centre/traces/{trace}/take")
    refused = centre.act(trace, "conclude", outcome="P1")
    assert (refused.status_code, refused.json()["code"]) == (422, "trace_purchaser_missing")
    assert refused.json()["fields"][0]["code"] == "outcome_needs_purchaser"
    read = centre.get(f"/centre/traces/{trace}").json()
    assert (read["status"], read["outcome"], read["concluded_by"]) == ("awaiting_tracer", "", "")
    assert centre.act(trace, "conclude", outcome="I1").status_code == 204
    assert centre.get(f"/centre/traces/{trace}").json()["concluded_by"] != ""


def test_the_queue_is_narrowed_by_taker_reason_and_text() -> None:
    asking, centre = Api("FGE-SON"), Api("ATF")
    asking.post("/traces", request_to_json(document("GLK-440")))
    trace = the_trace(centre)

    def found(query: str) -> list[str]:
        return [each["number"] for each in centre.get(f"/centre/traces?{query}").json()["rows"]]

    for query in ("unassigned=true", "reason=start_not_registered", "text=glk-4", f"text={trace}", "finished=true"):
        assert found(query) == [trace], query
    assert found("reason=contact_hold") == found("text=glk-5") == []
    centre.post(f"/centre/traces/{trace}/take")
    assert found("unassigned=true") == [] and found("mine=true") == [trace]
    assert centre.get("/centre/traces?reason=nonsense").status_code == 422


def test_of_two_who_save_a_licensee_the_second_is_told() -> None:
    centre, path = Api("ATF"), f"/centre/licensees/{MAKER.number}"
    body = {"name": "Sierra Arms", "role": "maker"}
    assert centre.send("put", path, body).status_code == 204
    seen = centre.get(path).json()["version"]
    assert centre.send("put", path, {**body, "phone": "1", "version": seen}).status_code == 204
    for late in ({**body, "phone": "2", "version": seen}, {**body, "phone": "2"}):
        refused = centre.send("put", path, late)
        assert (refused.status_code, refused.json()["code"]) == (409, "licensee_changed")
    assert centre.get(path).json()["phone"] == "1"


def test_the_register_is_kept_by_the_centre_and_says_what_is_wrong() -> None:
    centre = Api("ATF")
    path = f"/centre/licensees/{MAKER.number}"
    body = {"name": "Sierra Arms", "role": "maker", "names": ["Sierra"], "url": "http://example.org"}
    wrong = centre.send("put", path, body)
    assert {each["field"] for each in wrong.json()["fields"]} == {"keys", "url"}
    assert centre.send("put", path, {**body, "url": ""}).status_code == 204
    assert centre.get(path).json()["names"] == ["Sierra", "Sierra Arms"]
    refused = centre.send("put", f"{path}/hold", {"is_held": True, "hold_reason": "short"})
    assert (refused.status_code, refused.json()["code"]) == (422, "hold_reason_missing")
    assert [each["code"] for each in refused.json()["fields"]] == ["reason_too_short"]
    held = {"is_held": True, "hold_reason": "Its owner is a suspect."}
    assert centre.send("put", f"{path}/hold", held).status_code == 204
    row = centre.get("/centre/licensees?text=sierra").json()["rows"][0]
    assert (row["is_held"], row["hold_reason"]) == (True, held["hold_reason"]) and row["held_at"] and row["held_by"]
    assert centre.send("put", f"{path}/hold", {"is_held": False}).status_code == 204
    assert centre.get(path).json()["held_at"] is None
    change = {**body, "url": "", "version": centre.get(path).json()["version"]}
    refused = centre.send("put", path, {**change, "is_held": True})
    assert [each["field"] for each in refused.json()["fields"]] == ["hold_reason"]
    assert centre.send("put", path, {**change, **held}).status_code == 204
    assert centre.get(path).json()["hold_reason"] == held["hold_reason"]
    assert len(centre.get("/centre/key").json()["key"]) == 43
    assert Api("FGE-SON").get("/centre/key").status_code == 404


def test_a_description_is_corrected_and_requests_keep_what_they_said() -> None:
    asking = Api("FGE-SON")
    firearm = described(asking)
    number = asking.post(f"/traces/from-firearm/{firearm}", REST).json()["number"]
    assert asking.send("put", f"/firearms/{firearm}", {**GUN, "serial": "A8C-1234"}).status_code == 204
    assert asking.get(f"/firearms/{firearm}").json()["serial_normal"] == "A8C1234"
    assert asking.get(f"/traces/{number}").json()["serial"] == "ABC-1234"


def test_tokens_open_no_more_than_their_scopes() -> None:
    reader = Api("FGE-SON", name="reader", permissions=["trace.read", "token.make"])
    assert reader.get("/traces").status_code == 200
    refused = reader.post("/traces", request_to_json(document()))
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
    assert reader.get("/centre/traces").status_code == 403


def test_a_day_that_has_not_come_is_refused_at_its_field() -> None:
    asking, centre = Api("FGE-SON"), Api("ATF")
    centre.send("put", f"/centre/licensees/{MAKER.number}", {"name": "Sierra Arms", "role": "maker"})
    asking.post("/traces", request_to_json(document()))
    trace = the_trace(centre)
    centre.post(f"/centre/traces/{trace}/take")
    version = centre.get(f"/centre/traces/{trace}").json()["version"]
    answer = {"kind": "shipped_to", "detail": {"licensee": {"number": DEALER.number}, "shipped_on": "2190-01-01"}}
    refused = centre.post(f"/centre/traces/{trace}/answer?version={version}", answer)
    assert refused.status_code == 422
    assert [(each["field"], each["code"]) for each in refused.json()["fields"]] == [("detail.shipped_on", "answer_date_to_come")]
