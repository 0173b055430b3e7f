"""The box on every page: a number leads to its record's address, words to the list that looks for them."""

import pytest

from cotrace.sharing.rules.levels import Level
from tests.support.at_terminal import absent
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.world import memorandum
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def found(client, words: str) -> str:
    response = client.post("/find", {"q": words})
    assert response.status_code == 302
    return str(response["Location"])


def test_a_number_as_somebody_writes_it_leads_to_its_record() -> None:
    client, number = client_of("FGR"), seizure_exists("FGR")
    assert found(client, f"  {number.lower().replace('0', 'o')} ") == f"/seizures/{number}"
    assert found(client, number.lower().replace("-", " ")) == f"/seizures/{number}"
    assert found(client, number.replace("-", " ", 2)) == f"/seizures/{number}"
    assert found(client, absent("TR")) == f"/traces/{absent('TR')}"
    agreement = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    assert found(client, agreement) == f"/agreements/{agreement}"


def test_a_record_that_is_not_ones_own_is_found_as_little_as_one_that_is_not_there() -> None:
    client, number = client_of("PD-EP"), seizure_exists("FGR")
    hidden = client.get(found(client, number))
    missing = client.get(found(client, absent("SZ")))
    assert hidden.status_code == missing.status_code == 404
    assert words_of(hidden) == words_of(missing)


def test_words_are_looked_for_in_the_list_and_stand_in_no_address() -> None:
    client = client_of("FGR")
    number = seizure_exists("FGR", place="Nogales")
    seizure_exists("FGR", place="Caborca")
    where = found(client, "nogales")
    assert where.startswith("/seizures/?s=") and "nogales" not in where
    listed = client.get(where).content.decode()
    assert f"/seizures/{number}" in listed and "Caborca" not in listed


def test_a_tracer_looks_through_the_queue() -> None:
    client = client_of("ATF", roles=("tracer",))
    assert found(client, "Sierra").startswith("/seizures/?s=")
    centre_exists()
    assert found(client, "Sierra").startswith("/centre/?s=")


def test_nothing_and_what_is_no_number_are_answered_with_what_to_write() -> None:
    client = client_of("FGR", roles=("auditor",))
    for words in ("", "   ", "XX-TEST-0000-0000-0000", "Nogales", "a" * 5000):
        assert found(client, words) == "/"
        assert "Write the number of a record" in client.get("/").content.decode()


def test_the_list_of_seizures_takes_a_number_for_its_words() -> None:
    client, number = client_of("FGR"), seizure_exists("FGR")
    seizure_exists("FGR")
    response = client.post("/seizures/", {"text": number.lower()})
    listed = client.get(response["Location"]).content.decode()
    assert listed.count('data-row') == 1 and number in listed
    other = client_of("PD-EP")
    gone = other.get(other.post("/seizures/", {"text": number})["Location"])
    assert "Nothing you may see fits this search" in words_of(gone)
