"""The tracing story: every request could be submitted, every book served, every walk ends where its plot says."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from cotrace.demo.people import read_cast
from cotrace.demo.rules.licensees import BY_KEY, CONNECTED
from cotrace.demo.rules.plots import PLOTS, ActKind, Plot
from cotrace.demo.rules.stories import Story, TracingStory, tracing_story
from cotrace.seizures.rules.completeness import value_problems
from cotrace.tracing.rules.answers import ShippedTo, SoldToPurchaser
from cotrace.tracing.rules.inquiry import LONGEST_LIFE
from cotrace.tracing.rules.record_rows import RecordRow, column_problems, parse_row
from tests.unit.demo.test_seizures import codes

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SEEDS = (1, 2009, 77)


@pytest.fixture(params=SEEDS, scope="module")
def told(request) -> TracingStory:
    return tracing_story(request.param, now=NOW)


def with_plots(told: TracingStory) -> list[tuple[Plot, Story]]:
    return list(zip(PLOTS, told.stories, strict=True))


def lines(told: TracingStory, key: str, serial: str) -> list[RecordRow]:
    return [parse_row(row)[0] for row in told.books[key] if row["serial"] == serial]


def test_the_same_seed_and_moment_tell_the_same_story() -> None:
    once = tracing_story(2009, now=NOW)
    assert once == tracing_story(2009, now=NOW)
    assert once.books != tracing_story(2010, now=NOW).books
    later = tracing_story(2009, now=NOW + timedelta(days=30))
    assert [each.gun for each in later.stories] == [each.gun for each in once.stories]


def test_every_book_can_be_served(told) -> None:
    assert set(told.books) == {each.key for each in CONNECTED}
    for rows in told.books.values():
        assert len(rows) > 100
        for row in rows:
            assert column_problems(("serial", "disposition", *(set(row) - {"serial", "disposition"}))) == ()
            assert parse_row(row)[1] == (), row


def test_nobody_who_bought_a_gun_can_be_taken_for_a_person(told) -> None:
    sales = [parse_row(row)[0].answer for row in told.books["dealer"]]
    names = {sale.purchaser.family_names for sale in sales if isinstance(sale, SoldToPurchaser)}
    assert len(names) > 100
    assert all(re.fullmatch(r"Synthetic Purchaser \d{4}", name) for name in names)


def test_every_seizure_is_complete_names_its_place_and_logs_the_gun(told) -> None:
    states = codes("inegi_states.csv") | codes("us_states.csv")
    municipios = codes("inegi_municipios.csv")
    for each in (*told.stories, told.open_gun):
        values = each.seizure.values
        today = each.recorded_at.date()
        assert not value_problems(values, today=today, states=states, municipios=municipios)
        assert values.state_code and values.place
        assert bool(values.municipio_code) == values.state_code.isdecimal()
        item = "long_guns" if each.gun.type_code[0] in "RS" else "short_guns"
        assert (values.amounts[item].quantity or 0) >= 1


def test_things_happen_in_order_and_all_of_them_before_now(told) -> None:
    for each in told.stories:
        moments = [each.recorded_at, each.described_at, each.submitted_at, *(act.at for act in each.acts)]
        assert moments == sorted(moments)
        assert len(set(moments)) == len(moments)
        assert moments[-1] < NOW
        assert (each.seizure.values.occurred_on or date.max) < each.recorded_at.date()


def test_whoever_is_asked_by_connector_is_asked_while_the_inquiry_lives() -> None:
    asked = [plot for plot in PLOTS if plot.path]
    assert all(timedelta(hours=plot.hours_ago) < LONGEST_LIFE for plot in asked)


def test_whoever_submits_belongs_to_the_cast_and_may_describe_too() -> None:
    cast = {each.email: each for each in read_cast()}
    for plot in PLOTS:
        roles = set(cast[plot.by].roles)
        assert "submitter" in roles
        assert roles & {"recorder", "expert", "investigator", "analyst"}


def test_a_gun_goes_on_to_whom_the_next_book_has_it_from(told) -> None:
    for plot, story in with_plots(told):
        for here, there in zip(plot.path, plot.path[1:], strict=False):
            for line in lines(told, here, story.gun.serial) if here in told.books else ():
                assert isinstance(line.answer, ShippedTo)
                assert line.answer.licensee.number == BY_KEY[there].number


def test_what_is_said_on_the_telephone_is_told_once_for_each_answer(told) -> None:
    for plot, story in with_plots(told):
        entered = [act for act in story.acts if act.kind is ActKind.ANSWER]
        assert len(entered) == plot.acts.count(ActKind.ANSWER)
        assert all(act.answer for act in entered)
        assert not any(act.answer for act in story.acts if act.kind is not ActKind.ANSWER)


def test_all_three_books_know_the_gun_that_is_left_to_the_visitor(told) -> None:
    serial = told.open_gun.gun.serial
    found = [lines(told, each.key, serial) for each in CONNECTED]
    assert [len(each) for each in found] == [1, 1, 1]
    assert isinstance(found[-1][0].answer, SoldToPurchaser)
    assert serial not in {each.gun.serial for each in told.stories}
    assert told.open_gun.gun.make in BY_KEY["maker"].marks


def test_the_tear_line_of_a_seizure_says_how_many_guns_it_holds(told: TracingStory) -> None:
    for values in (each.values for each in (told.open_gun.seizure, *(story.seizure for story in told.stories))):
        guns = sum(values.amounts[item].quantity or 0 for item in ("long_guns", "short_guns"))
        assert re.search(r"\d+", values.tear_line)[0] == str(guns)
