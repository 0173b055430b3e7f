"""A form in parts is refused unread where it is larger than its route and its sender account for.

Django takes such a form apart, its files to disk, to look for the CSRF token: before anybody knows who sent it.
"""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import get_resolver

from cotrace.config.uploads import UPLOAD_BYTES
from cotrace.doors.form_size import FORM_BYTES
from tests.security.agencies.test_routes import ROUTES
from tests.support.pages import cast_exists, client_of
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import token

pytestmark = pytest.mark.django_db
LARGE = b"x" * 3_000_000
"""More than is kept in memory: it would lie on disk."""


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that went to disk meanwhile."""
    names: list[str] = []
    begin = TemporaryFileUploadHandler.new_file

    def noted(self: TemporaryFileUploadHandler, *args: object, **kwargs: object) -> None:
        names.append(str(args[1]))
        begin(self, *args, **kwargs)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", noted)
    return names


def upload(content: bytes = LARGE) -> SimpleUploadedFile:
    return SimpleUploadedFile("large.csv", content)


def strict() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize("path", ["/account/sign-in", "/seizures/imports/new", "/exchange/receive", "/seizures/new", "/account/sign-out"])
def test_a_visitor_writes_nothing_to_disk(written: list[str], path: str) -> None:
    refused = strict().post(path, {"file": upload()})
    assert (refused.status_code, written) == (413, [])
    assert b"More was sent than this page takes in" in refused.content


@pytest.mark.parametrize("path", ["/api/v1/seizures/imports", "/api/v1/exchange/files", "/api/v1/login-codes", "/api/v1/seizures"])
def test_neither_does_one_through_the_json_door(written: list[str], path: str) -> None:
    assert strict().post(path, {"file": upload()}).status_code in {401, 413, 422}
    assert written == []


def test_a_member_sends_large_forms_only_where_files_are_taken(written: list[str]) -> None:
    member = client_of("FGR")
    assert member.post("/seizures/new", {"file": upload()}).status_code == 413
    assert member.post("/exchange/receive", {"file": upload()}).status_code == 413
    assert written == []
    member.post("/seizures/imports/new", {"mapping": "cide-ppd", "file": upload()})
    assert written == ["large.csv"]


def test_a_password_alone_sends_no_large_form(written: list[str]) -> None:
    member = member_exists("FGR", name="Eva Luna", has_app=True)
    sent_away = signed_in(strict(), member, has_second_factor=False).post(
        "/seizures/imports/new", {"mapping": "cide-ppd", "file": upload()}
    )
    assert (sent_away.status_code, sent_away.headers["Location"]) == (302, "/account/sign-in")
    assert written == []


def test_the_json_door_says_so_in_its_own_shape() -> None:
    client = Client(headers={"Authorization": f"Bearer {token('FGR')}"})
    refused = client.post("/api/v1/exchange/files", {"file": upload()})
    assert (refused.status_code, refused.json()["code"]) == (413, "form_too_large")


def test_a_form_of_usual_size_is_taken_by_every_page(written: list[str]) -> None:
    assert client_of("FGR").post("/seizures/new", {"notes": "x" * 10_000, "place": "x"}).status_code == 422
    assert FORM_BYTES < 2_500_000 and written == []


def test_the_routes_that_take_files_exist() -> None:
    assert get_resolver() and set(UPLOAD_BYTES) <= {each.name for each in ROUTES}


def test_no_page_with_a_file_field_is_forgotten() -> None:
    source = Path(__file__).parents[3] / "src" / "cotrace"
    takers = {path.relative_to(source).parts[0] for path in source.rglob("*.html") if "multipart/form-data" in path.read_text()}
    assert takers == {"seizures", "exchange"} == {name.split(":")[0] for name in UPLOAD_BYTES if not name.startswith("api:")}
