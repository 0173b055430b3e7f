"""Each component draws what it was given: escaped, told apart, tied together."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from cotrace.doors import atoms
from cotrace.doors.furniture import (
    Absent,
    Across,
    Badge,
    Column,
    Count,
    LevelBadge,
    Link,
    Pager,
    Progress,
    RecordNumber,
    Row,
    Serial,
    Step,
    StepState,
    Table,
    Tone,
)

HOSTILE = "<b onclick=x>"


PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"), override_settings(STORAGES=PLAIN_FILES):
        yield


def draw(source: str, **values: Any) -> str:
    """Draw a template that loads the components, without blanks between tags."""
    drawn = Template("{% load doors %}" + source).render(Context(values))
    return " ".join(drawn.split()).replace("> <", "><")


def test_none_is_not_recorded_and_zero_is_zero() -> None:
    assert (
        draw("{% fact 'Rounds' shown reason=why %}", shown=None, why="log has 9999").count("not recorded")
        == 1
    )
    assert "log has 9999" in draw("{% fact 'Rounds' shown reason=why %}", shown=None, why="log has 9999")
    zero = draw("{% fact 'Rounds' shown reason=why %}", shown=0, why="log has 9999")
    assert '<span class="number">0</span>' in zero
    assert "9999" not in zero


def test_a_reason_that_is_enough_stands_alone() -> None:
    drawn = draw("{% value shown %}", shown=Absent(reason="still to come", is_reason_enough=True))
    assert drawn == '<span class="absent">still to come</span>'


@pytest.mark.parametrize(
    "shown",
    [
        HOSTILE,
        Absent(reason=HOSTILE),
        Absent(reason=HOSTILE, is_reason_enough=True),
        Link(text=HOSTILE, url="/"),
        Link(text="x", url=f'/"{HOSTILE}'),
        RecordNumber(number=HOSTILE),
        Serial(text=HOSTILE),
        Badge(text=HOSTILE),
    ],
)
def test_what_people_typed_is_never_markup(shown: object) -> None:
    assert HOSTILE not in draw("{% value shown %}", shown=shown)
    assert "&lt;b onclick=x&gt;" in draw("{% value shown %}", shown=shown)


@pytest.mark.parametrize("shown", [True, object(), 1.5])
def test_a_value_without_a_form_of_its_own_is_refused(shown: object) -> None:
    with pytest.raises(TypeError):
        atoms.show(shown)


def test_a_date_keeps_its_machine_form_beside_the_written_one() -> None:
    assert (
        draw("{% value shown %}", shown=date(2011, 3, 4)) == '<time datetime="2011-03-04">4 Mar 2011</time>'
    )


@pytest.mark.parametrize(("code", "filled"), [("NOTHING", 0), ("watch_desk", 1), ("POINTER", 2), ("full", 4)])
def test_a_level_fills_as_many_stairs_as_it_is_high(code: str, filled: int) -> None:
    assert atoms.show(LevelBadge(code=code)).count('fill="currentColor"') == filled


def test_every_tone_has_a_shape_of_its_own() -> None:
    shapes = {atoms.icon(f"tone-{tone}") for tone in Tone}

    assert len(shapes) == len(Tone)


def test_the_first_cell_opens_the_row() -> None:
    table = Table(
        caption="Seizures",
        columns=(Column(label="Number"), Column(label="Rounds", is_numeric=True)),
        rows=(Row(cells=(RecordNumber(number="S-1"), 1200), url="/s/S-1"),),
    )

    drawn = draw("{% data_table table %}", table=table)

    assert '<a href="/s/S-1"><code class="mono">S-1</code></a>' in drawn
    assert (
        '<td role="cell" data-label="Rounds" class="numeric"><span class="number">1,200</span></td>' in drawn
    )
    assert "<caption>Seizures</caption>" in drawn


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table(caption="x", columns=(Column(label="a"), Column(label="b")), rows=(Row(cells=("1",)),))


def test_a_pager_at_an_end_shows_the_way_but_no_link() -> None:
    pager = Pager(shown=50, total=Count(value=1000, is_capped=True), older_url="?after=x")

    drawn = draw("{% pager pager %}", pager=pager)

    assert "50 shown of 1,000+" in drawn
    assert 'href="?after=x"' in drawn
    assert drawn.count("<a ") == 1


class Wrong(forms.Form):
    make = forms.CharField(help_text="As stamped.")
    reading = forms.ChoiceField(choices=[("eye", "By eye"), ("lab", "Laboratory")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_help_and_its_problem() -> None:
    drawn = draw("{% field form.make %}", form=Wrong({}))

    assert 'aria-describedby="id_make_helptext id_make_error"' in drawn
    assert 'id="id_make_helptext">As stamped.' in drawn
    assert 'id="id_make_error"' in drawn
    assert 'for="id_make"' in drawn
    assert "required</span>" in drawn


def test_a_group_of_choices_has_a_legend_and_its_problem() -> None:
    drawn = draw("{% field form.reading %}", form=Wrong({}))

    assert drawn.startswith(
        '<fieldset class="field field--group field--wrong" aria-describedby="id_reading_error">'
    )
    assert '<legend class="field__label">Reading' in drawn


def test_a_hidden_field_shows_no_label() -> None:
    assert "label" not in draw("{% field form.secret %}", form=Wrong({}))


def test_the_summary_leads_to_the_first_choice_of_a_group() -> None:
    drawn = draw("{% error_summary form %}", form=Wrong({}))

    assert 'href="#id_make"' in drawn
    assert 'href="#id_reading_0"' in drawn


def test_the_summary_says_what_was_not_done_where_the_page_tells_it() -> None:
    said = draw("{% error_summary form title=said %}", form=Wrong({}), said="Not tried. <b>")

    assert "Not tried. &lt;b&gt;" in said and "Please correct" not in said


def test_a_cell_across_columns_stands_for_them_and_a_row_without_them_is_refused() -> None:
    columns = (Column(label="Date"), Column(label="Long", is_numeric=True), Column(label="Short"), Column(label="Owner"))
    across = Across(shown="not shared", columns=2, label="Taken")
    rows = (Row(cells=(date(2026, 2, 1), across, "FGR"), url="/1", detail="So<nora"),)
    drawn = draw("{% data_table table %}", table=Table(caption="c", columns=columns, rows=rows))

    assert '<td role="cell" data-label="Taken" colspan="2" aria-colspan="2">not shared</td>' in drawn
    assert '<td role="cell" data-label="Owner">FGR</td>' in drawn and 'data-detail="So&lt;nora"' in drawn
    with pytest.raises(ValueError, match="one cell per column"):
        Table(caption="c", columns=columns, rows=(Row(cells=(1, across)),))


def test_a_right_form_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Wrong({"make": "x", "reading": "eye"})) == ""


def test_work_under_way_asks_again_and_ended_work_does_not() -> None:
    running = Progress(id="job", label="Import", done=1, total=3, state="Running", poll_url="/job")
    ended = Progress(id="job", label="Import", done=3, total=3, state="Done", tone=Tone.DONE)

    assert 'hx-get="/job" hx-trigger="every 2s" hx-swap="outerHTML"' in draw(
        "{% progress job %}", job=running
    )
    assert "(33%)" in draw("{% progress job %}", job=running)
    assert "hx-" not in draw("{% progress job %}", job=ended)
    assert 'data-announce="Import: Done"' in draw("{% progress job %}", job=ended)


def test_work_of_unknown_length_claims_no_share() -> None:
    drawn = draw(
        "{% progress job %}", job=Progress(id="j", label="Search", done=12, total=None, state="Running")
    )

    assert "12 so far" in drawn
    assert "%" not in drawn
    assert "value=" not in drawn


def test_a_gap_and_a_conflict_say_so_in_words() -> None:
    steps = (
        Step(role="Dealer", party=None, state=StepState.GAP),
        Step(role="Maker", party="Sample", at=date(2008, 9, 15), state=StepState.CONFLICT),
    )

    drawn = draw("{% timeline steps label='Chain' %}", steps=steps)

    assert "Gap in the record" in drawn
    assert "Records disagree" in drawn
    assert drawn.index("Gap in the record") < drawn.index("Records disagree")


def test_a_form_inside_a_component_carries_the_token_of_the_page() -> None:
    context = {"csrf_token": "the-token", "request": RequestFactory().get("/")}

    assert "the-token" in draw("{% post_button 'Close' '/close' %}", **context)
    assert "the-token" in draw("{% filter_bar action='/' method='post' %}{% endfilter_bar %}", **context)
    assert "the-token" not in draw("{% filter_bar action='/' %}{% endfilter_bar %}", **context)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("404", "There is no such page or record, or it is not yours to see"),
        ("500", "Something broke on our side"),
        ("410", "This link is used up or has expired"),
    ],
)
def test_a_refusal_can_be_drawn_without_any_context(name: str, words: str) -> None:
    from django.template.loader import render_to_string

    assert words in render_to_string(f"doors/errors/{name}.html")
