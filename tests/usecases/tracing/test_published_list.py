"""ATF's published list of licensees: rows in once, cut-off lines out, a newer edition over an older one and never back."""

from pathlib import Path

import pytest

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.imports import published as published_imports
from cotrace.tracing.imports.published import published_load, published_try
from cotrace.tracing.models import PublishedLicensee, PublishedList
from cotrace.tracing.rules.trace_view import Role
from cotrace.tracing.selectors.published import published_get
from cotrace.tracing.services import published as published_services
from tests.support.world import agencies_exist, agent
from tests.usecases.tracing.listed import EDITION, REAL_CUT, line, listing, loaded
from tests.usecases.tracing.world import tracer

ONE, TWO, THREE = "5-74-141-01-9A-00101", "5-74-141-07-8C-00102", "5-74-141-08-7D-00103"


def test_a_dry_run_of_the_real_list_says_which_line_is_cut_off_and_needs_no_database() -> None:
    report = published_try(REAL_CUT, edition="2013-05")
    assert (report.rows, report.accepted, report.rejected) == (55, 54, 1)
    assert {(each.row, each.column, str(each.code)) for each in report.problems} == {
        (57, "", "row_too_short"),
        (57, "Premise City", "required_missing"),
        (57, "Premise State", "required_missing"),
    }
    assert all(each.level == "error" for each in report.problems)
    assert report.is_cut and "FL" not in report.states and {"PR", "VI", "GA"} <= set(report.states)


@pytest.mark.parametrize(
    ("last", "rows", "accepted"),
    [
        (line(TWO)[:30], 2, 1),
        (line(TWO)[:-3], 2, 2),
        (line(TWO).rpartition("\t")[0], 2, 1),
        (line(TWO, License_Name='"LINDERO, SAM'), 2, 1),
        ("5", 2, 1),
    ],
    ids=["in_a_name", "in_the_telephone", "before_the_telephone", "in_quotes", "at_once"],
)
def test_wherever_the_file_is_cut_the_rest_of_it_is_taken(tmp_path: Path, last: str, rows: int, accepted: int) -> None:
    report = published_try(listing(tmp_path / "a.txt", line(ONE), last, end=""), edition=EDITION)
    assert (report.rows, report.accepted) == (rows, accepted)
    assert {each.row for each in report.problems} == {4}


@pytest.mark.parametrize(
    ("edition", "code"),
    [("2013", "edition_malformed"), ("2013-13", "edition_malformed"), ("13-05", "edition_malformed"), ("2099-01", "edition_to_come")],
)
def test_an_edition_is_a_year_and_a_month_that_have_come(edition: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        published_try(REAL_CUT, edition=edition)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_the_real_list_is_loaded_and_looked_up_by_the_whole_or_the_abbreviated_number() -> None:
    agencies_exist()
    done = loaded(REAL_CUT, "2013-05")
    assert (done.counts.added, PublishedLicensee.objects.count()) == (54, 54)
    row = PublishedLicensee.objects.get(licence_name="PARA USA LLC")
    assert row.business_name == '"REMINGTON ARMS CO." "PARA" "PARA USA"' and row.state == "NC"
    for number in (row.number, row.number.replace("-", ""), row.key):
        found = published_get(tracer(), number=number)
        assert (found.number, found.role, found.phone) == (row.number, Role.MAKER, "+1 704 930 7600")
        assert (found.edition, found.is_listed, found.expires[:3]) == ("2013-05", True, "201")
    assert PublishedLicensee.objects.get(state="DC", phone="").licence_name.startswith("BUREAU OF ALCOHOL")


@pytest.mark.django_db
def test_a_load_is_on_record_once_with_its_counts_and_the_digest_of_its_file() -> None:
    done = loaded(REAL_CUT, "2013-05")
    again = loaded(REAL_CUT, "2013-05")
    assert (again.counts.added, again.counts.changed, again.counts.kept) == (0, 0, 54)
    event = AuditEvent.objects.get(action="trace.published_loaded")
    detail = AuditDetail.objects.get(pk=event.pk).detail
    assert event.subject == "2013-05" and done.report.file_sha256 in detail and '"rejected": 1' in detail
    assert PublishedList.objects.count() == 1


@pytest.mark.django_db
def test_a_newer_edition_replaces_what_it_lists_and_marks_what_it_no_longer_lists(tmp_path: Path) -> None:
    agencies_exist()
    loaded(listing(tmp_path / "old.txt", line(ONE), line(TWO)), "2023-01")
    renewed = line(ONE.replace("9A", "2B"), Voice_Phone="9155550199")
    counts = loaded(listing(tmp_path / "new.txt", renewed, line(THREE)), "2024-01").counts
    assert (counts.added, counts.changed) == (1, 1)
    one, two = (published_get(tracer(), number=each) for each in (ONE, TWO))
    assert (one.number, one.phone, one.is_listed) == (ONE.replace("9A", "2B"), "+1 915 555 0199", True)
    assert (two.edition, two.newest_edition, two.is_listed) == ("2023-01", "2024-01", False)


@pytest.mark.django_db
def test_a_list_says_nothing_of_states_that_it_does_not_list_in_full(tmp_path: Path) -> None:
    agencies_exist()
    loaded(listing(tmp_path / "old.txt", line(ONE), line(TWO, Premise_State="NM")), "2023-01")
    cut = listing(tmp_path / "new.txt", line(THREE), "5\t74\t141", end="")
    loaded(cut, "2024-01")
    assert published_get(tracer(), number=ONE).is_listed
    assert published_get(tracer(), number=TWO).is_listed


@pytest.mark.django_db
def test_an_older_edition_loaded_later_leaves_newer_rows_as_they_are(tmp_path: Path) -> None:
    agencies_exist()
    loaded(listing(tmp_path / "new.txt", line(ONE, Premise_City="LAREDO")), "2024-01")
    counts = loaded(listing(tmp_path / "old.txt", line(ONE), line(TWO)), "2023-01").counts
    assert (counts.newer, counts.added) == (1, 1)
    assert published_get(tracer(), number=ONE).city == "LAREDO"
    assert not published_get(tracer(), number=TWO).is_listed


@pytest.mark.django_db
def test_one_licence_twice_in_a_file_is_taken_once_and_reported(tmp_path: Path) -> None:
    path = listing(tmp_path / "a.txt", line(ONE), line(ONE), line(ONE.replace("9A", "2B")))
    report = loaded(path).report
    assert [(each.row, str(each.code)) for each in report.problems] == [(4, "row_repeated"), (5, "row_conflicts")]
    assert PublishedLicensee.objects.get().number == ONE


@pytest.mark.django_db
def test_a_load_that_was_broken_off_goes_on_where_it_is_run_again_and_adds_nothing_twice(monkeypatch) -> None:
    monkeypatch.setattr(published_imports, "BATCH", 20)

    def told(done: int) -> None:
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        published_load(installation_principal(), file=REAL_CUT, edition="2013-05", told=told)
    assert PublishedLicensee.objects.count() == 40 and not PublishedList.objects.exists()
    counts = loaded(REAL_CUT, "2013-05").counts
    assert (counts.added, counts.kept, PublishedLicensee.objects.count()) == (14, 40, 54)
    assert AuditEvent.objects.filter(action="trace.published_loaded").count() == 1


@pytest.mark.django_db
def test_a_file_that_changes_while_it_is_loaded_does_not_count_as_loaded(tmp_path: Path) -> None:
    path = listing(tmp_path / "a.txt", line(ONE))

    def told(_done: int) -> None:
        listing(path, line(ONE), line(TWO))

    with pytest.raises(Invalid) as refusal:
        published_load(installation_principal(), file=path, edition=EDITION, told=told)
    assert refusal.value.code == "list_changed_meanwhile" and not PublishedList.objects.exists()


@pytest.mark.django_db
def test_nobody_but_the_operator_loads_a_list(tmp_path: Path) -> None:
    agencies_exist()
    with pytest.raises(Denied):
        published_load(agent("ATF"), file=listing(tmp_path / "a.txt", line(ONE)), edition=EDITION)
    assert not PublishedLicensee.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [THREE, "5-74-00101-1", "SEDENA-4411", "", "5-74-141-01-9I-00101"])
def test_what_the_list_does_not_have_is_not_found(tmp_path: Path, number: str) -> None:
    agencies_exist()
    loaded(listing(tmp_path / "a.txt", line(ONE)))
    with pytest.raises(NotFound):
        published_get(tracer(), number=number)


def test_a_batch_is_small_enough_for_one_transaction() -> None:
    assert published_imports.BATCH == published_services.BATCH <= 2000
