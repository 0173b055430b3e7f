"""What was found in a log and how far its import is, as tables, facts and sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Absent, Badge, Column, Count, Progress, Row, Shown, Table, Text, Tone
from cotrace.doors.sentences import sentence
from cotrace.files.sentences import BESIDE_THEIR_CELL
from cotrace.seizures.reads import ImportRead, KeptTrial, PreviewRow, ProblemRead, TrialRead
from cotrace.seizures.rules.completeness import ITEMS
from cotrace.seizures.sentences.labels import ITEMS as ITEM_LABELS
from cotrace.seizures.sentences.labels import field_text, problem_text, reason_text
from cotrace.seizures.views.words import CodeWords, amount_shown

Titles = Mapping[str, str | Promise]
Fact = tuple[str, Shown]


def import_badge(read: ImportRead) -> Badge:
    """Return where an import stands."""
    if read.state == "running":
        return Badge(text=pgettext("state of an import", "Running"), tone=Tone.WAITING)
    if read.state == "stopped":
        return Badge(text=pgettext("state of an import", "Stopped"), tone=Tone.PROBLEM)
    if read.rejected:
        return Badge(text=pgettext("state of an import", "Done, with rejected rows"), tone=Tone.ATTENTION)
    return Badge(text=pgettext("state of an import", "Done"), tone=Tone.DONE)


def imports_table(found: Sequence[ImportRead], titles: Titles) -> Table:
    """Return the list of imports."""
    columns = (
        Column(label=_("File")),
        Column(label=pgettext("moment of an import", "Started")),
        Column(label=_("Kind of log")),
        Column(label=pgettext("who did it", "By")),
        Column(label=_("Rows"), is_numeric=True),
        Column(label=pgettext("rows of a log", "Added"), is_numeric=True),
        Column(label=pgettext("rows of a log", "Known before"), is_numeric=True),
        Column(label=pgettext("rows of a log", "Rejected"), is_numeric=True),
        Column(label=_("Status")),
    )
    rows = tuple(
        Row(
            url=reverse("seizures:import", args=[each.number]),
            cells=(
                each.file_name,
                each.created_at,
                titles.get(each.mapping, each.mapping),
                each.member_name,
                each.rows,
                each.added,
                each.repeated,
                each.rejected,
                import_badge(each),
            ),
        )
        for each in found
    )
    return Table(caption=_("Imports, newest first"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def import_progress(read: ImportRead) -> Progress:
    """Return how far an import is."""
    badge = import_badge(read)
    return Progress(
        id="import-progress",
        label=_("Good rows that are in"),
        done=read.done,
        total=read.accepted,
        state=badge.text,
        tone=badge.tone,
    )


def import_facts(read: ImportRead, titles: Titles) -> list[Fact]:
    """Return what an import took and from what."""
    return [
        (_("Rows in the file"), read.rows),
        (pgettext("rows of a log", "Added"), read.added),
        (_("Known before, left as they are"), read.repeated),
        (pgettext("rows of a log", "Rejected"), read.rejected),
        (_("Kind of log"), titles.get(read.mapping, read.mapping)),
        (pgettext("moment of an import", "Started"), read.created_at),
        (pgettext("who did it", "By"), read.member_name),
        (pgettext("moment of an import", "Finished"), read.finished_at or Absent(reason=_("still running"), is_reason_enough=True)),
    ]


def trial_facts(kept: KeptTrial, titles: Titles) -> list[Fact]:
    """Return what importing a log would take and reject."""
    report = kept.report
    facts: list[Fact] = [
        (_("Rows in the file"), report.rows),
        (_("Good rows"), report.accepted),
        (_("Rows that would be rejected"), report.rejected),
        (_("Kind of log"), titles.get(kept.mapping, kept.mapping)),
    ]
    if kept.series:
        facts.append((str(field_text("series")), kept.series))
    for each in report.sisters:
        facts.append((_("Rows of the sister file: %(field)s") % {"field": field_text(each.field)}, each.rows))
    return [*facts, (_("Kept until"), kept.ends_at)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemTotal:
    """How often one kind of problem occurs."""

    words: Text
    count: Count


def totals(problem_totals: Mapping[str, int]) -> list[ProblemTotal]:
    """Return how often each kind of problem occurs, the most frequent first."""
    ordered = sorted(problem_totals.items(), key=lambda each: (-each[1], each[0]))
    return [ProblemTotal(words=problem_text(code), count=Count(value=count)) for code, count in ordered]


def problem_sentence(problem: ProblemRead) -> str:
    """Return what is wrong and what to do; row and column stand beside it."""
    params = {"column": problem.column, "value": problem.excerpt}
    found = BESIDE_THEIR_CELL.get(problem.code)
    return _(found) % params if found else sentence(problem.code, {"row": problem.row, **params})


def problems_table(problems: Iterable[ProblemRead]) -> Table:
    """Return the problems of a log by row and column."""
    effects = {
        "error": Badge(text=pgettext("effect of a problem", "Row rejected"), tone=Tone.PROBLEM),
        "warning": Badge(text=pgettext("effect of a problem", "Value not taken"), tone=Tone.ATTENTION),
    }
    columns = (
        Column(label=_("Row"), is_numeric=True),
        Column(label=_("Column")),
        Column(label=_("What is wrong, and what to do")),
        Column(label=_("Effect")),
    )
    rows = tuple(
        Row(cells=(str(each.row), _place(each), problem_sentence(each), effects.get(each.level, each.level)))
        for each in problems
    )
    return Table(caption=_("Problems by row"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _place(problem: ProblemRead) -> str:
    if not problem.table:
        return problem.column
    return _("%(column)s (sister file %(field)s)") % {
        "column": problem.column,
        "field": field_text(problem.table),
    }


def blank_table(report: TrialRead) -> Table:
    """Return how many good rows lack which value, and why."""
    columns = (
        Column(label=_("Field")),
        Column(label=_("Why it is not recorded")),
        Column(label=_("Good rows"), is_numeric=True),
    )
    rows = tuple(
        Row(cells=(field_text(field), reason_text(reason), count))
        for field, reasons in report.blanks.items()
        for reason, count in sorted(reasons.items(), key=lambda each: -each[1])
    )
    caption = _("Values that good rows do not have")
    return Table(caption=caption, columns=columns, rows=rows, is_caption_hidden=bool(rows))


def preview_table(report: TrialRead, words: CodeWords) -> Table:
    """Return the first rows of a log as they would be taken; with the forces where any of them names one."""
    has_forces = any(each.values.participants for each in report.preview)
    forces = (Column(label=field_text("participants")),) if has_forces else ()
    columns = (
        Column(label=_("Row"), is_numeric=True),
        Column(label=_("Date")),
        Column(label=_("Place")),
        *(Column(label=ITEM_LABELS[item], is_numeric=True) for item in ITEMS),
        *forces,
        Column(label=_("Effect")),
    )
    rows = tuple(_preview_row(each, words, has_forces=has_forces) for each in report.preview)
    caption = _("The first rows as they would be taken")
    return Table(caption=caption, columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _preview_row(each: PreviewRow, words: CodeWords, *, has_forces: bool) -> Row:
    values = each.values
    taken = Badge(text=pgettext("row of a log", "Good"), tone=Tone.DONE)
    rejected = Badge(text=pgettext("effect of a problem", "Row rejected"), tone=Tone.PROBLEM)
    return Row(
        cells=(
            str(each.row),
            values.occurred_on,
            words.place(values.state_code, values.municipio_code),
            *(amount_shown(values.amounts[item]) for item in ITEMS),
            *((words.force_list(values.participants),) if has_forces else ()),
            taken if each.is_accepted else rejected,
        )
    )
