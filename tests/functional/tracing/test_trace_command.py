"""`cotrace trace` against a site that runs: submit, list, show, the result in words, as JSON and as a PDF; check alone."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cotrace.audit.models import AuditEvent
from cotrace.tracing.models import TraceRequest
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.rules.request_document import request_to_json
from tests.functional.tracing.asking import DETAILS, gun_exists, result, result_comes
from tests.support.at_terminal import Terminal, absent, written
from tests.support.pdf import text_of
from tests.support.world import token
from tests.unit.tracing.builders import complete_request
from tests.usecases.tracing.world import CALL_BACK, centre_exists


@pytest.fixture
def site(answering_site: str) -> str:
    """The address of a running site, with a tracing centre."""
    centre_exists()
    return answering_site


@pytest.fixture
def ana(site: str) -> Terminal:
    return Terminal(site, token("FGE-SON"))


@pytest.fixture
def number(ana: Terminal) -> str:
    """A request that Ana's agency submitted."""
    code, out, _ = ana.run("submit", "-", typed=json.dumps(request_to_json(complete_request())))
    assert code == 0
    return out.removeprefix("Submitted: ").strip()


def opened() -> int:
    return AuditEvent.objects.filter(action="trace.result_opened").count()


def test_a_document_is_submitted_once_from_a_file(ana: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path / "request.json", request_to_json(complete_request()))
    code, out, err = ana.run("submit", file, "--centre", "ATF", "--json")
    assert (code, err) == (0, "")
    assert TraceRequest.objects.get().pk == json.loads(out)["number"]
    code, out, err = ana.run("submit", file)
    assert (code, out) == (1, "")
    assert err == "cotrace: Your agency submitted this same request before. Look for it in its list.\n"


def test_gun_and_recovery_come_from_a_description(ana: Terminal, tmp_path: Path) -> None:
    firearm = gun_exists()
    code, _, err = ana.run("submit", written(tmp_path / "rest.json", DETAILS), "--firearm", firearm)
    assert (code, err) == (0, "")
    row = TraceRequest.objects.get()
    assert (row.firearm, row.document["gun"]["serial"], row.document["recovery"]["date"]) == (
        firearm,
        "ABC-1234",
        "2024-01-20",
    )


def test_what_is_missing_is_said_by_its_field_in_words_on_one_line(ana: Terminal, tmp_path: Path) -> None:
    document = request_to_json(replace(complete_request(), crime_code=None, is_criminal_investigation=False))
    code, out, err = ana.run("submit", written(tmp_path / "r.json", document))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "The request was not submitted." in err
    assert "Offence under investigation (crime_code): Please fill in this field." in err
    assert "(is_criminal_investigation): State that the request serves a criminal investigation." in err
    assert not TraceRequest.objects.exists()


def test_an_unknown_centre_a_foreign_gun_and_a_missing_permission_have_their_exit_codes(
    ana: Terminal, site: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "r.json", request_to_json(complete_request()))
    assert ana.run("submit", file, "--centre", "NOBODY")[0] == 2
    rest = written(tmp_path / "rest.json", DETAILS)
    assert ana.run("submit", rest, "--firearm", gun_exists("ICE"))[0] == 3
    reading = Terminal(site, token("FGE-SON", name="reader", permissions={TracePermission.READ}))
    assert reading.run("submit", file)[0] == 4
    assert Terminal(site, "").run("submit", file)[2].startswith("cotrace: Nobody is signed in.")
    assert not TraceRequest.objects.exists()


def test_requests_are_listed_with_where_they_stand(ana: Terminal, number: str) -> None:
    code, out, err = ana.run("list")
    assert (code, err) == (0, "")
    head, _, row = out.splitlines()
    assert head.split() == ["Number", "Submitted", "Gun", "Serial", "Standing", "Owner"]
    assert all(words in row for words in (number, "Sierra Arms, 9MM", "ABC-1234", "Received", "FGE-SON"))
    assert json.loads(ana.run("list", "--json")[1])["rows"][0]["number"] == number


def test_a_request_without_a_result_is_told_in_words(ana: Terminal, number: str) -> None:
    code, out, err = ana.run("show", number)
    assert (code, err) == (0, "")
    for label, value in (
        ("Request", number),
        ("Asked by", "FGE-SON"),
        ("Standing", "Received"),
        ("Telephone to call", CALL_BACK),
        ("Serial number", "ABC-1234"),
        ("Recovered on", "20 Jan 2024"),
        ("Case number", "CI-2024/118"),
    ):
        assert f"{label:<22}  {value}" in out
    assert "Trace result" not in out
    assert opened() == 0


def test_a_request_with_its_result_is_told_in_words_and_the_opening_is_on_record(ana: Terminal, number: str) -> None:
    result_comes(result(number))
    code, out, err = ana.run("show", number)
    assert (code, err) == (0, "")
    for words in (
        "Trace result: Purchaser identified (Outcome P1)",
        "A lead, not evidence.",
        "Avery Ortega Lund",
        "219 days",
        "1. Sierra Arms (1-59-000-07-9A-00001), Maker. 1 Feb 2023.",
        "Invoice INV-7.",
        "What would bring it further:",
        "Have the record of this sale certified",
    ):
        assert words in out, out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert opened() == 1


def test_words_are_in_the_language_of_the_terminal(ana: Terminal, number: str) -> None:
    result_comes(result(number))
    code, out, _ = replace(ana, language="es_MX.UTF-8").run("show", number)
    assert code == 0
    assert "Resultado de rastreo: Comprador identificado" in out
    assert "219 días" in out
    code, _, err = replace(ana, language="es_MX.UTF-8").run("show", absent("TR"))
    assert (code, err.count("\n")) == (3, 1)


def test_json_holds_the_request_and_its_result(ana: Terminal, number: str) -> None:
    before = json.loads(ana.run("show", number, "--json")[1])
    assert (before["request"]["number"], before["result"]) == (number, None)
    result_comes(result(number))
    after = json.loads(ana.run("show", number, "--json")[1])
    assert (after["result"]["outcome"], after["result"]["caveat"]) == ("P1", "lead_not_evidence")


def test_who_may_not_open_results_reads_the_request_alone(ana: Terminal, site: str, number: str) -> None:
    result_comes(result(number))
    reading = Terminal(site, token("FGE-SON", name="reader", permissions={TracePermission.READ}))
    code, out, err = reading.run("show", number)
    assert (code, err) == (0, "")
    assert number in out and "Ortega" not in out
    assert reading.run("show", number, "--pdf", "unwritten.pdf")[0] == 4
    assert not Path("unwritten.pdf").exists()
    assert opened() == 0


@pytest.mark.parametrize(("language", "title"), [("en", "Trace result"), ("es", "Resultado de rastreo")])
def test_a_pdf_is_written_for_its_owner_alone(
    ana: Terminal, number: str, tmp_path: Path, language: str, title: str
) -> None:
    result_comes(result(number))
    out = tmp_path / "result.pdf"
    code, said, err = ana.run("show", number, "--pdf", str(out), "--language", language)
    assert (code, said, err) == (0, f"Written: {out}\n", "")
    assert title in text_of(out.read_bytes())
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["result.pdf"]


def test_a_pdf_overwrites_nothing_and_then_opens_nothing(ana: Terminal, number: str, tmp_path: Path) -> None:
    result_comes(result(number))
    out = tmp_path / "result.pdf"
    out.write_text("mine")
    code, said, err = ana.run("show", number, "--pdf", str(out))
    assert (code, said) == (1, "")
    assert err == f"cotrace: {out} exists already and is left as it is.\n"
    assert (out.read_text(), opened()) == ("mine", 0)


def test_without_a_result_there_is_no_pdf_and_no_file(ana: Terminal, number: str, tmp_path: Path) -> None:
    code, _said, err = ana.run("show", number, "--pdf", str(tmp_path / "result.pdf"))
    assert (code, err) == (1, "cotrace: The tracing centre has released no result of this request yet.\n")
    assert ana.run("show", number, "--pdf", str(tmp_path / "result.pdf"), "--json")[0] == 2
    assert not list(tmp_path.iterdir())


def test_another_agency_finds_what_does_not_exist(ana: Terminal, site: str, number: str, tmp_path: Path) -> None:
    result_comes(result(number))
    other = Terminal(site, token("PD-EP"))
    for options in ((), ("--json",), ("--pdf", str(tmp_path / "x.pdf"))):
        hidden, nothing = other.run("show", number, *options), other.run("show", absent("TR"), *options)
        assert hidden == nothing
        assert hidden[0] == 3
    assert opened() == 0


def test_a_number_may_be_typed_as_it_is_read(ana: Terminal, number: str) -> None:
    assert ana.run("show", f" {number.lower()} ") == ana.run("show", number)


def test_a_number_cannot_lead_elsewhere(ana: Terminal, number: str) -> None:
    for typed in ("centres", "../me", f"{number}/result", f"{number}?x=1", ""):
        code, out, err = ana.run("show", typed)
        assert (code, out) == (3, ""), typed
        assert err == ana.run("show", absent("TR"))[2]


def checked(*words: str, typed: str = "", language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run `cotrace trace check` as a process that can reach neither a site nor a database."""
    surroundings = {
        "PATH": os.environ["PATH"],
        "LC_ALL": language,
        "COTRACE_URL": "http://127.0.0.1:9",
        "COTRACE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "COTRACE_SECRET_KEY": "only-for-tests",
    }
    command = [sys.executable, "-m", "cotrace.config.cli", "trace", "check", *words]
    return subprocess.run(command, env=surroundings, input=typed, capture_output=True, text=True, check=False)


def test_a_complete_document_passes_the_check_without_site_or_database(tmp_path: Path) -> None:
    ended = checked(written(tmp_path / "r.json", request_to_json(complete_request())))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "The document is complete and can be submitted.\n"


def test_the_check_lists_every_problem_by_its_field() -> None:
    document = request_to_json(replace(complete_request(), crime_code=None))
    missing = checked("-", typed=json.dumps(document))
    assert (missing.returncode, missing.stderr) == (2, "")
    assert missing.stdout == "Offence under investigation (crime_code): Please fill in this field.\n"
    document["recovery"] = {**document["recovery"], "date": "03/04/2024"}  # type: ignore[dict-item]
    wrong = checked("-", "--json", typed=json.dumps({**document, "colour": 1}))
    found = json.loads(wrong.stdout)
    assert (wrong.returncode, found["is_complete"]) == (2, False)
    assert {(each["field"], each["code"]) for each in found["problems"]} == {
        ("recovery.date", "document_date_ambiguous"),
        ("colour", "field_unknown"),
    }


def test_the_check_speaks_spanish() -> None:
    document = request_to_json(replace(complete_request(), crime_code=None))
    said = checked("-", typed=json.dumps(document), language="es_MX.UTF-8").stdout
    assert said.endswith("(crime_code): Llene este campo.\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "The document is not JSON."),
        ("[]", "Give the request as a JSON object."),
        ('{"a":1,"a":2}', "A field occurs twice"),
        ('"' + "x" * 70_000 + '"', "The document is too large."),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(typed: str, said: str) -> None:
    ended = checked("-", typed=typed)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert said in ended.stderr


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    ended = checked(str(tmp_path / "absent.json"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "absent.json cannot be read." in ended.stderr
