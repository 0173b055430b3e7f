"""Seizures through the JSON door: the same rules, one error shape."""

import json

import pytest
from django.test import Client

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation import outbox
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.sharing.rules.levels import Level
from tests.support.seizure_logs import write_log
from tests.support.world import agencies_exist, member, memorandum, token

pytestmark = pytest.mark.django_db
BODY = {"occurred_on": "2026-02-01", "state_code": "26", "amounts": {"long_guns": {"quantity": 3}}}


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()
    reference_load(installation_principal())


class Api:
    """A caller with a token of one agency."""

    def __init__(self, agency: str, **changes: object) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token(agency, **changes)}"}  # type: ignore[arg-type]

    def get(self, path: str):
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def send(self, method: str, path: str, body: object):
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", data=json.dumps(body), content_type="application/json", headers=self.headers)


def test_a_recorded_seizure_is_listed_and_opened() -> None:
    api = Api("FGR")
    number = api.send("post", "/seizures", BODY).json()["number"]
    listed = api.get("/seizures").json()
    assert [row["number"] for row in listed["rows"]] == [number]
    opened = api.get(f"/seizures/{number}").json()
    assert (opened["level"], opened["amounts"]["long_guns"]) == ("FULL", {"quantity": 3, "reason": ""})
    assert opened["amounts"]["vehicles"] == {"quantity": None, "reason": "blank"}


def test_a_stranger_gets_the_answer_for_what_does_not_exist() -> None:
    number = Api("FGR").send("post", "/seizures", BODY).json()["number"]
    stranger = Api("PD-EP")
    hidden = stranger.get(f"/seizures/{number}")
    absent = stranger.get("/seizures/SZ-TEST-0000-0000-0000")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert hidden.json()["code"] == "not_found"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer cotrace_wrong"}, {"Authorization": "Basic x"}])
def test_without_a_valid_token_nothing_opens(headers) -> None:
    answer = Client().get("/api/v1/seizures", headers=headers)
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message", "fields"}


def test_a_session_does_not_open_the_json_door() -> None:
    from tests.support.sign_in import member_exists, signed_in

    client = signed_in(Client(), member_exists("FGR"))
    assert client.get("/api/v1/seizures").status_code == 401


def test_a_token_holds_no_more_than_its_scopes() -> None:
    api = Api("FGR", name="reader", permissions=["seizure.read", "token.make"])
    assert api.get("/seizures").status_code == 200
    refused = api.send("post", "/seizures", BODY)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


def test_an_export_is_the_file_of_the_page_without_what_is_hidden_and_is_on_record_in_the_same_words() -> None:
    from tests.support.sign_in import signed_in

    api, owner = Api("ATF"), Api("FGE-SON")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    shown = owner.send("post", "/seizures", {**BODY, "place": "km 12"}).json()["number"]
    hidden = owner.send("post", "/seizures", BODY).json()["number"]
    owner.send("put", f"/seizures/{hidden}/visibility", {"cap": "NOTHING"})
    page = signed_in(Client(), member("ATF"))
    address = page.post("/seizures/", {"state": "26"})["Location"]
    paper = page.post("/seizures/export", {"s": address.partition("s=")[2]})
    file = api.send("post", "/seizures/export", {"state": "26"})
    assert (file.content, file["Content-Disposition"]) == (paper.content, paper["Content-Disposition"])
    assert shown in file.content.decode() and hidden not in file.content.decode() and b"km 12" not in file.content
    events = AuditEvent.objects.filter(chain__in=("ATF", "FGE-SON"), action="seizure.exported").order_by("chain", "id")
    said = [AuditDetail.objects.get(pk=each.pk).detail for each in events]
    assert len(said) == 4 and said[0] == said[1] and said[2] == said[3] and shown in said[2]


def test_an_export_needs_its_own_permission() -> None:
    reader = Api("FGR", name="reader", permissions=["seizure.read", "token.make"])
    refused = reader.send("post", "/seizures/export", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


def test_an_export_of_too_many_is_refused_at_every_door_and_no_part_leaves(monkeypatch) -> None:
    from tests.support.sign_in import signed_in

    api = Api("ATF")
    for day in (1, 2, 3):
        api.send("post", "/seizures", {**BODY, "occurred_on": f"2026-02-0{day}"})
    monkeypatch.setattr("cotrace.seizures.selectors.EXPORT_MAX", 2)
    refused = api.send("post", "/seizures/export", {"state": "26"})
    assert (refused.status_code, refused.json()["code"]) == (409, "export_too_large")
    page = signed_in(Client(), member("ATF"))
    address = page.post("/seizures/", {"state": "26"})["Location"]
    told = page.post("/seizures/export", {"s": address.partition("s=")[2]}, follow=True)
    assert "More than 2 seizures fit" in told.content.decode()


def test_a_wrong_body_names_its_fields() -> None:
    api = Api("FGR")
    malformed = api.send("post", "/seizures", {"occurred_on": "03/04/2026"})
    assert (malformed.status_code, malformed.json()["fields"][0]["code"]) == (422, "input_malformed")
    wrong = api.send("post", "/seizures", {**BODY, "state_code": "99"})
    assert wrong.status_code == 422
    assert ("state_code", "state_unknown") in {(f["field"], f["code"]) for f in wrong.json()["fields"]}


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\u202e", "\u200d"])
@pytest.mark.parametrize("name", ["place", "notes", "tear_line"])
def test_a_text_with_what_nobody_sees_is_refused_when_recorded_and_when_corrected(name: str, letter: str) -> None:
    api = Api("FGR")
    number = api.send("post", "/seizures", BODY).json()["number"]
    for method, path in (("post", "/seizures"), ("put", f"/seizures/{number}")):
        refused = api.send(method, path, {**BODY, name: f"a{letter}b"})
        assert refused.status_code == 422
        # A zero character is refused before any body is read for what it means.
        said = {(each["field"], each["code"]) for each in refused.json()["fields"]}
        assert said == (set() if letter == "\x00" else {(name, "text_unseen")})
    assert api.get(f"/seizures/{number}").json()[name] == ""


def test_a_note_keeps_its_lines() -> None:
    api = Api("FGR")
    number = api.send("post", "/seizures", {**BODY, "notes": "uno\r\n\tdos"}).json()["number"]
    assert api.get(f"/seizures/{number}").json()["notes"] == "uno\n\tdos"


def test_a_sister_file_that_no_mapping_asks_for_is_refused(tmp_path) -> None:
    api = Api("FGR")
    path = write_log(tmp_path, rows=2)
    for where in ("", "/dry-run"):
        with path.open("rb") as log, path.open("rb") as other:
            answer = api.client.post(
                f"/api/v1/seizures/imports{where}",
                data={"file": log, "mapping": "cide-ppd", "with_nothing": other},
                headers=api.headers,
            )
        assert (answer.status_code, answer.json()["code"]) == (422, "companion_unknown")


def test_refusals_speak_the_readers_language() -> None:
    api = Api("FGR")
    api.headers["Accept-Language"] = "es"
    assert api.get("/seizures/SZ-TEST-0000-0000-0000").json()["message"].startswith("No existe")


def test_a_log_is_imported_and_followed(tmp_path) -> None:
    api = Api("FGR")
    path = write_log(tmp_path, rows=20, bad_rows={3: {"MES": 13}})
    with path.open("rb") as log:
        answer = api.client.post(
            "/api/v1/seizures/imports", data={"file": log, "mapping": "cide-ppd"}, headers=api.headers
        )
    assert answer.status_code == 202
    outbox.drain()
    found = api.get(f"/seizures/imports/{answer.json()['number']}").json()
    assert (found["state"], found["rows"], found["added"], found["rejected"]) == ("done", 20, 19, 1)
    assert found["problems"][0]["code"] == "date_impossible"


def test_a_dry_run_of_a_file_that_is_none_is_a_clear_refusal(tmp_path) -> None:
    api = Api("FGR")
    bad = tmp_path / "log.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    with bad.open("rb") as log:
        answer = api.client.post(
            "/api/v1/seizures/imports/dry-run", data={"file": log, "mapping": "cide-ppd"}, headers=api.headers
        )
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_no_answer_may_be_kept_by_a_cache() -> None:
    assert Api("FGR").get("/seizures")["Cache-Control"] == "no-store"
