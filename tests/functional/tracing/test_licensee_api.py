"""Licence numbers through the API: looked up in ATF's published list, checked on entry, asked about on reading."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests.support.world import agencies_exist, token
from tests.usecases.tracing.listed import line, listing, loaded
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db

NUMBER = "5-74-141-01-9A-00044"
BODY = {"name": "Lindero Arms", "role": "dealer", "address": "12 Lindero Rd, Ocala, FL 34474"}


@pytest.fixture(autouse=True)
def world(stopped_clock, tmp_path: Path) -> None:
    agencies_exist()
    centre_exists()
    loaded(listing(tmp_path / "list.txt", line("5-74-141-01-8B-00044", Business_Name="LINDERO ARMS")))


def ask(method: str, path: str, body: object = None):
    client = Client(headers={"Authorization": f"Bearer {token('ATF')}"})
    sent = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1/centre{path}", data=sent, content_type="application/json")


@pytest.mark.parametrize("number", [NUMBER, "574141018B00044", "5-74-00044"])
def test_a_licensee_is_looked_up_by_its_number(number: str) -> None:
    found = ask("GET", f"/published/{number}").json()
    assert (found["number"], found["short_number"]) == ("5-74-141-01-8B-00044", "5-74-00044")
    assert (found["name"], found["address"]) == ("LINDERO ARMS", "12 LINDERO RD, EL PASO, TX 79901")
    assert (found["phone"], found["role"], found["expires"]) == ("+1 915 555 0144", "dealer", "2018-02")
    assert (found["edition"], found["newest_edition"], found["is_listed"]) == ("2024-01", "2024-01", True)


@pytest.mark.parametrize("number", ["5-74-141-01-9A-00045", "SEDENA-4411", "5-74-141-01-9I-00044"])
def test_what_the_list_does_not_have_is_not_found(number: str) -> None:
    answer = ask("GET", f"/published/{number}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_licensee_is_read_with_what_is_doubtful_and_what_is_published() -> None:
    assert ask("PUT", f"/licensees/{NUMBER}", BODY).status_code == 204
    found = ask("GET", f"/licensees/{NUMBER}").json()
    assert found["questions"] == [
        {
            "code": "ffl_state_differs",
            "message": "By its number the licensee is in TX, by its address in FL.",
        }
    ]
    assert found["published"]["number"] == "5-74-141-01-8B-00044" and found["phone"] == ""


def test_a_number_written_as_a_federal_one_that_is_none_is_refused_at_its_field() -> None:
    answer = ask("PUT", "/licensees/5-74-141-01-9I-00044", BODY)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["fields"]] == [("number", "ffl_expiry_wrong")]


def test_another_number_is_entered_and_asked_about() -> None:
    assert ask("PUT", "/licensees/SEDENA-4411", BODY).status_code == 204
    found = ask("GET", "/licensees/SEDENA-4411").json()
    assert [each["code"] for each in found["questions"]] == ["not_an_ffl_number"] and found["published"] is None
