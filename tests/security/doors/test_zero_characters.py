"""A zero character is refused in one place, with one answer for both databases and every door.

PostgreSQL keeps none and fails where SQLite finds nothing: one answer would tell which database is asked, and a defect
on one of them would stand in its log with what was looked for.
"""

import json

import pytest
from django.test import Client

from tests.support.pages import cast_exists, client_of
from tests.support.world import token

pytestmark = pytest.mark.django_db

IN_PATHS = (
    "/api/v1/seizures/%00",
    "/api/v1/seizures/imports/%00",
    "/api/v1/firearms/SZ%00",
    "/api/v1/traces/%00/result",
    "/api/v1/agreements/AG%00",
    "/api/v1/circles/%00",
    "/api/v1/centre/licensees/%00",
    "/api/v1/access/%00/who",
    "/seizures/%00",
    "/seizures/imports/%00",
    "/agreements/%00",
    "/circles/%00",
    "/traces/%00/",
    "/exchange/files/%00",
    "/no/such/page%00",
)
IN_QUERIES = (
    "/api/v1/seizures?text=%00",
    "/api/v1/seizures?force=%00",
    "/api/v1/seizures?at=f2020-01-01~%00",
    "/api/v1/seizures/pointers?at=%00",
    "/api/v1/seizures?%00=x",
    "/api/v1/traces?at=%00",
    "/api/v1/centre/licensees?text=%00",
    "/seizures/?s=%00",
    "/audit/?subject=%00",
    "/exchange/?record=%00",
)


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def answer(address: str) -> tuple[int, bytes]:
    """What an address says to whoever may do everything, through its own door."""
    if address.startswith("/api/"):
        client = Client(headers={"Authorization": f"Bearer {token('FGR')}"})
    else:
        client = client_of("FGR")
    client.raise_request_exception = False
    found = client.get(address)
    return found.status_code, found.content


@pytest.mark.parametrize("address", IN_PATHS)
def test_an_address_with_a_zero_names_nothing(address: str) -> None:
    status, content = answer(address)
    assert status == 404
    if address.startswith("/api/"):
        assert json.loads(content)["code"] == "not_found"


@pytest.mark.parametrize("address", IN_QUERIES)
def test_a_query_with_a_zero_is_malformed(address: str) -> None:
    status, content = answer(address)
    assert status == 422
    if address.startswith("/api/"):
        assert json.loads(content)["code"] == "input_malformed"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/seizures/", {"text": "\0"}),
        ("/members/add", {"name": "\0", "email": "x@fgr.example"}),
        ("/agreements/new", {"title_en": "\0"}),
        ("/circles/", {"name": "\0"}),
        ("/seizures/new", {"\0": "x"}),
    ],
)
def test_a_form_with_a_zero_is_malformed(path: str, form: dict[str, str]) -> None:
    client = client_of("FGR")
    client.raise_request_exception = False
    assert client.post(path, form).status_code == 422


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/seizures", {"occurred_on": "2026-02-01", "place": "\0"}),
        ("/seizures", {"occurred_on": "2026-02-01", "participants": ["\0"]}),
        ("/circles", {"name": "\0"}),
        ("/agreements", {"title_en": "\0"}),
        ("/traces", {"format": "\0"}),
        ("/traces", {"gun": {"\0": "x"}}),
        ("/login-codes", {"terminal": "\0"}),
    ],
)
def test_a_json_body_with_a_zero_is_malformed(path: str, body: dict[str, object]) -> None:
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token('FGR')}"})
    refused = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
    assert refused.status_code == 422


def test_a_backslash_that_somebody_wrote_is_no_zero() -> None:
    client = Client(headers={"Authorization": f"Bearer {token('FGR')}"})
    body = {"occurred_on": "2026-02-01", "notes": "they wrote \\u0000 on it"}
    assert client.post("/api/v1/seizures", json.dumps(body), content_type="application/json").status_code == 201


def test_a_visitor_is_asked_to_sign_in_as_everywhere() -> None:
    assert Client().get("/seizures/%00").status_code == 302
    assert Client().get("/api/v1/seizures/%00").status_code == 401
