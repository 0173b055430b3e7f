"""Attachments through the JSON door: the same rules, one error shape."""

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.functional.firearms.test_firearm_pages import gun_exists
from tests.support.pages import cast_exists, seizure_exists
from tests.support.pictures import from_telephone, opened, opinion
from tests.support.world import token

pytestmark = pytest.mark.django_db


class Api:
    """A caller with a token of one agency."""

    def __init__(self, agency: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token(agency)}"})

    def get(self, path: str, **query: str):
        return self.client.get(f"/api/v1/attachments{path}", query)

    def post(self, path: str, body: dict[str, object] | None = None):
        return self.client.post(f"/api/v1/attachments{path}", body or {}, content_type="application/json")

    def add(self, record: str, content: bytes, **words: str):
        form = {"record": record, "kind": "serial", **words, "file": SimpleUploadedFile("x.html", content)}
        return self.client.post("/api/v1/attachments", form)


@pytest.fixture
def gun(db) -> str:
    cast_exists()
    return gun_exists(seizure_exists("FGR"))


@pytest.fixture
def api(gun) -> Api:
    return Api("FGR")


def test_an_attachment_is_added_listed_opened_taken_and_withdrawn(api, gun) -> None:
    content = from_telephone()
    made = api.add(gun, content, caption="left side")
    assert made.status_code == 201
    number = made.json()["number"]
    listed = api.get("", record=gun).json()
    assert [(each["number"], each["media_type"], each["withdrawn_at"]) for each in listed] == [(number, "image/jpeg", None)]
    digest = hashlib.sha256(content)
    assert api.get(f"/{number}").json()["sha256"] == digest.hexdigest()
    assert max(opened(api.get(f"/{number}/picture", page="0").content).size) == 320
    original = api.post(f"/{number}/original")
    assert original.content == content
    assert original["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert api.post(f"/{number}/withdraw", {"reason": "Blurred"}).status_code == 204
    custody = api.get(f"/{number}/custody").json()
    assert [each["action"] for each in custody["rows"]] == [
        *("attachment.added", "attachment.opened", "attachment.shown", "attachment.original_taken", "attachment.withdrawn")
    ]


@pytest.mark.parametrize(
    ("content", "words", "status", "code"),
    [
        (b"<svg/>", {}, 422, "picture_format_unsupported"),
        (b"\0\0\0\x18ftypheic", {}, 422, "picture_heic"),
        (opinion(), {}, 422, "attachment_incomplete"),
        (b"x", {"kind": "selfie"}, 422, "input_malformed"),
        (b"x", {"record": "FA-TEST-0000-0000-0000"}, 404, "not_found"),
    ],
)
def test_a_refusal_has_its_code(api, gun, content, words, status, code) -> None:
    answer = api.add(words.pop("record", gun), content, **words)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_is_added_twice_is_refused_with_the_number_of_the_first(api, gun) -> None:
    number = api.add(gun, from_telephone()).json()["number"]
    again = api.add(gun, from_telephone())
    assert (again.status_code, again.json()["code"]) == (409, "attachment_known") and number in again.json()["message"]


def test_another_agency_gets_the_answer_for_what_is_not_there(api, gun) -> None:
    number = api.add(gun, from_telephone()).json()["number"]
    stranger = Api("PD-EP")
    nowhere = stranger.get("/AT-TEST-0000-0000-0000")
    for answer in (
        stranger.get(f"/{number}"),
        stranger.get(f"/{number}/picture"),
        stranger.get(f"/{number}/custody"),
        stranger.post(f"/{number}/original"),
        stranger.post(f"/{number}/withdraw", {"reason": "x"}),
        stranger.get("", record=gun),
        stranger.add(gun, from_telephone()),
    ):
        assert (answer.status_code, answer.content) == (nowhere.status_code, nowhere.content) and answer.status_code == 404


def test_a_page_that_is_not_there_is_not_found_and_one_that_is_none_malformed(api, gun) -> None:
    number = api.add(gun, from_telephone()).json()["number"]
    assert api.get(f"/{number}/picture", page="2").status_code == 404
    assert api.get(f"/{number}/picture", page="-1").status_code == 422
