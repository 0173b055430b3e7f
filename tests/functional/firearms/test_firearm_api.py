"""Described guns through the JSON door: the same rules, one error shape."""

import json

import pytest
from django.test import Client

from tests.support.world import agencies_exist, token
from tests.usecases.firearms.codes import codes_exist

pytestmark = pytest.mark.django_db
SEIZURE = {"occurred_on": "2026-02-01", "state_code": "26"}
GUN = {"type_code": "PI", "make_code": "SW", "model": "M&P", "calibre_code": "9", "serial": "ABC-1234"}


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()
    codes_exist()


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


@pytest.fixture
def api() -> Api:
    return Api("FGR")


@pytest.fixture
def seizure(api: Api) -> str:
    return str(api.send("post", "/seizures", SEIZURE).json()["number"])


def test_a_described_gun_is_listed_with_its_seizure_and_opened(api: Api, seizure: str) -> None:
    number = api.send("post", "/firearms", {"seizure": seizure, **GUN}).json()["number"]
    assert [row["number"] for row in api.get(f"/firearms?seizure={seizure}").json()] == [number]
    opened = api.get(f"/firearms/{number}").json()
    assert (opened["level"], opened["make"], opened["serial_condition"]) == ("FULL", "Smith & Wesson", "read")


def test_a_wrong_description_names_its_fields_in_the_readers_language(api: Api, seizure: str) -> None:
    api.headers["Accept-Language"] = "es"
    answer = api.send("post", "/firearms", {"seizure": seizure, **GUN, "type_code": "QQ", "serial": ""})
    assert answer.status_code == 422
    fields = {each["field"]: each["message"] for each in answer.json()["fields"]}
    assert set(fields) == {"type_code", "serial"}
    assert "tipo de arma" in fields["type_code"]


def test_a_gun_is_described_in_a_seizure_that_exists_for_the_caller(api: Api, seizure: str) -> None:
    stranger = Api("PD-EP")
    hidden = stranger.send("post", "/firearms", {"seizure": seizure, **GUN})
    absent = stranger.send("post", "/firearms", {"seizure": "SZ-TEST-0000-0000-0000", **GUN})
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert stranger.get(f"/firearms?seizure={seizure}").content == absent.content


def test_a_token_holds_no_more_than_its_scopes(seizure: str) -> None:
    reader = Api("FGR", name="reader", permissions=["firearm.read", "token.make"])
    assert reader.get(f"/firearms?seizure={seizure}").json() == []
    refused = reader.send("post", "/firearms", {"seizure": seizure, **GUN})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
