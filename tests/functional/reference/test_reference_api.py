"""The code tables through the JSON door."""

import pytest
from django.test import Client

from cotrace.seizures.permissions import SeizurePermission
from tests.support.pages import cast_exists
from tests.support.world import token

pytestmark = pytest.mark.django_db
TABLES = "/api/v1/reference/tables"


@pytest.fixture
def caller(db) -> Client:
    """Somebody whose token reads seizures alone: the tables are public."""
    cast_exists()
    return Client(headers={"Authorization": f"Bearer {token('FGR', permissions=(SeizurePermission.READ,))}"})


def test_every_table_is_listed_with_source_version_and_number(caller: Client) -> None:
    found = {each["code"]: each for each in caller.get(TABLES).json()}
    assert len(found) == 22
    sexes = found["ncic_sex"]
    assert (sexes["title_en"], sexes["title_es"], sexes["version"], sexes["entries"]) == ("Sexes", "Sexos", "2.1", 3)
    assert sexes["source"].startswith("FBI NCIC") and sexes["loaded_at"]


def test_codes_come_in_both_languages_with_what_they_belong_to(caller: Client) -> None:
    found = caller.get(f"{TABLES}/crossing", {"text": "otay mesa garita"}).json()
    assert (found["table"]["code"], found["found"], found["later"]) == ("crossing", 1, "")
    assert found["rows"] == [
        {
            "code": "2506-OTAY-MESA", "label_en": "Otay Mesa crossing", "label_es": "Garita Mesa de Otay", "parent": "2506",
            "latitude": 32.55, "longitude": -116.94, "is_retired": False,
        }
    ]  # fmt: skip


def test_pages_follow_one_another_by_code(caller: Client) -> None:
    first = caller.get(f"{TABLES}/model").json()
    second = caller.get(f"{TABLES}/model", {"at": first["later"]}).json()
    assert len(first["rows"]) == 50 and first["later"] == first["rows"][-1]["code"] < second["rows"][0]["code"]
    assert first["found"] == second["found"] > 900


def test_what_is_not_there_is_not_found_and_too_much_is_malformed(caller: Client) -> None:
    assert caller.get(f"{TABLES}/nowhere").status_code == 404
    assert caller.get(f"{TABLES}/model", {"text": "x" * 101}).json()["code"] == "input_malformed"
    assert caller.post(TABLES).status_code == 405


def test_without_a_token_there_is_nothing() -> None:
    assert Client().get(TABLES).status_code == Client().get(f"{TABLES}/model").status_code == 401
