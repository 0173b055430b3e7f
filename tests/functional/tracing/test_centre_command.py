"""`cotrace centre`: the operator of a real installation names the agencies that trace, and sees which they are."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest
from django.utils import translation

from cotrace.config.cli import main
from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from tests.support.world import agencies_exist
from tests.usecases.tracing.world import submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    agencies_exist()


def run(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with translation.override("en"), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(["centre", *words])
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def listed() -> list[tuple[str, str, bool]]:
    found = json.loads(run("list", "--json")[1])
    return [(each["agency"], each["installation"], each["is_default"]) for each in found]


def test_a_request_goes_to_the_centre_that_the_operator_named() -> None:
    code, out, err = run("put", "atf", "--call-back", "+1 304 555 0100", "--default")
    assert (code, err) == (0, "") and "ATF is a tracing centre that works here." in out
    submit()
    outbox.drain()
    assert Trace.objects.get().owner == "ATF"


def test_what_is_published_changes_and_the_default_stays_unless_it_is_told_otherwise() -> None:
    run("put", "ATF", "--call-back", "+1 304 555 0100", "--default")
    assert run("put", "ATF", "--call-back", "+1 304 555 0199")[0] == 0
    code, out, _ = run("put", "CNFTC", "--call-back", "+1 613 555 0116", "--installation", "CA1")
    assert code == 0 and "at the installation ca1" in out
    assert listed() == [("ATF", "", True), ("CNFTC", "ca1", False)]
    assert "+1 304 555 0199" in run("list")[1]
    run("put", "FGR", "--call-back", "+52 55 5555 0100", "--default")
    assert listed()[0] == ("FGR", "", True) and sum(each[2] for each in listed()) == 1
    run("put", "FGR", "--call-back", "+52 55 5555 0100", "--no-default")
    assert not any(each[2] for each in listed())


def test_an_agency_that_is_not_there_is_refused_in_one_line() -> None:
    code, out, err = run("put", "ATFF", "--call-back", "+1 304 555 0100")
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert "No agency of this code takes part here." in err and listed() == []
