"""What the sample page shows. Nothing of it is real: numbers begin with SAMPLE, names say what they are."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.translation import pgettext

from cotrace.doors.atoms import LEVELS
from cotrace.doors.furniture import (
    Absent,
    Badge,
    Column,
    Count,
    LevelBadge,
    Link,
    Pager,
    Progress,
    Reason,
    RecordNumber,
    Row,
    Serial,
    Shown,
    Step,
    StepState,
    Tab,
    Table,
    Tone,
)
from cotrace.doors.sample.forms import SampleFilter, SampleForm


def sample_context() -> dict[str, object]:
    """Return the context of `doors/sample.html`, in the active language."""
    form = SampleForm({"serial": "12?45", "kind": "PI", "recovered_on": "31/02/2011"})
    return {
        "tabs": _tabs(),
        "table": _table(),
        "wide_table": _wide_table(),
        "pager": Pager(shown=4, total=Count(value=1000, is_capped=True), older_url="#list"),
        "applied": (Link(text=pgettext("sample page", "State: Tamaulipas"), url="#list"),),
        "filter": SampleFilter({"state": "28"}),
        "form": form,
        "gun": _gun(),
        "steps": _steps(),
        "reasons": _reasons(),
        "levels": tuple(LEVELS),
        "statuses": _statuses(),
        "summary": (
            (pgettext("sample page", "Time to crime"), pgettext("sample page", "91 days")),
            (pgettext("sample page", "Owner"), "Sample agency"),
        ),
        "running": Progress(
            id="import-running",
            label=pgettext("sample page", "Import of a seizure log"),
            done=1234,
            total=3835,
            state=pgettext("sample page", "Running"),
            poll_url="?progress",
        ),
        "ended": ended("import-ended"),
        "unknown": Progress(
            id="import-unknown",
            label=pgettext("sample page", "Search for double entries"),
            done=412,
            total=None,
            state=pgettext("sample page", "Running"),
        ),
    }


def ended(id: str) -> Progress:
    """Return long work that has come to its end."""
    return Progress(
        id=id,
        label=pgettext("sample page", "Import of a seizure log"),
        done=3835,
        total=3835,
        state=pgettext("sample page", "Done"),
        tone=Tone.DONE,
    )


def _tabs() -> tuple[Tab, ...]:
    return (
        Tab(label=pgettext("sample page", "Overview"), url="#top", is_current=True),
        Tab(label=pgettext("sample page", "Guns"), url="#guns", count=Count(value=14)),
        Tab(
            label=pgettext("sample page", "Trace requests"),
            url="#requests",
            count=Count(value=1000, is_capped=True),
        ),
        Tab(label=pgettext("sample page", "History"), url="#history"),
    )


def _table() -> Table:
    columns = (
        Column(label=pgettext("sample page", "Number")),
        Column(label=pgettext("sample page", "Seized on")),
        Column(label=pgettext("sample page", "Place")),
        Column(label=pgettext("sample page", "Long guns"), is_numeric=True),
        Column(label=pgettext("sample page", "Rounds"), is_numeric=True),
        Column(label=pgettext("sample page", "Status")),
        Column(label=pgettext("sample page", "Your level")),
    )
    blank = Absent(reason=pgettext("sample page", "the log has 9999"))
    cells: tuple[tuple[Shown, ...], ...] = (
        (
            date(2011, 3, 4),
            "Reynosa, Tamaulipas",
            14,
            12345,
            Badge(text=pgettext("sample page", "Checked"), tone=Tone.DONE),
            LevelBadge(code="full"),
        ),
        (
            date(2011, 4, 3),
            "Ciudad Juárez, Chihuahua",
            0,
            blank,
            Badge(text=pgettext("sample page", "In process"), tone=Tone.WAITING),
            LevelBadge(code="tear_line"),
        ),
        (
            date(2010, 12, 1),
            "Nogales, Sonora",
            3,
            0,
            Badge(text=pgettext("sample page", "Needs a second reading"), tone=Tone.ATTENTION),
            LevelBadge(code="pointer"),
        ),
        (
            Absent(),
            "Matamoros, Tamaulipas",
            101,
            1020,
            Badge(text=pgettext("sample page", "Returned"), tone=Tone.PROBLEM),
            LevelBadge(code="watch_desk"),
        ),
    )
    rows = tuple(
        Row(cells=(RecordNumber(number=f"SAMPLE-{number}"), *rest), url=f"#{number}")
        for number, rest in zip(("7KQ4M-2", "9XW1T-8", "3BRZ6-K", "5HNP0-C"), cells, strict=True)
    )
    return Table(
        caption=pgettext("sample page", "Seizures, newest first (made up)"), columns=columns, rows=rows
    )


def _wide_table() -> Table:
    heads = (
        pgettext("sample page", "Code"),
        *(pgettext("sample page", "Column %(place)d") % {"place": place} for place in range(1, 14)),
    )
    rows = tuple(
        Row(cells=(f"S-{line:02}", *(Decimal(line * place) / 4 for place in range(1, 14))))
        for line in range(1, 4)
    )
    columns = tuple(Column(label=head, is_numeric=index > 0) for index, head in enumerate(heads))
    return Table(
        caption=pgettext("sample page", "A wide table scrolls in its own box"),
        columns=columns,
        rows=rows,
        is_wide=True,
    )


def _gun() -> tuple[tuple[str, Shown, str], ...]:
    left_empty = pgettext("sample page", "left empty in the request")
    return (
        (pgettext("sample page", "Number"), RecordNumber(number="SAMPLE-7KQ4M-2", url="#top"), ""),
        (pgettext("sample page", "Serial number"), Serial(text="0O1I-12?45"), ""),
        (pgettext("sample page", "Make"), "Sample Arms Company", ""),
        (pgettext("sample page", "Importer"), None, left_empty),
        (pgettext("sample page", "Recovered on"), date(2011, 3, 4), ""),
        (pgettext("sample page", "Received"), datetime(2011, 3, 4, 20, 5, tzinfo=UTC), ""),
        (pgettext("sample page", "Rounds"), 0, ""),
        (pgettext("sample page", "Price paid, USD"), Decimal("1234.5"), ""),
        (
            pgettext("sample page", "Case"),
            Link(text=pgettext("sample page", "Case of the sample"), url="#top"),
            "",
        ),
        (pgettext("sample page", "Your level"), LevelBadge(code="tear_line"), ""),
    )


def _steps() -> tuple[Step, ...]:
    return (
        Step(
            role=pgettext("sample page", "Maker"),
            party="Sample Arms Company, Springfield",
            at=date(2008, 9, 15),
            detail=pgettext("sample page", "Answered by connector in 0.4 seconds."),
            until_next=pgettext("sample page", "17 days"),
        ),
        Step(
            role=pgettext("sample page", "Wholesaler"),
            party="Made-up Wholesale Inc., Dallas",
            at=date(2008, 10, 2),
            state=StepState.CONFLICT,
            until_next=pgettext("sample page", "no record for 61 days"),
            detail=pgettext(
                "sample page",
                "The maker shipped on 2 Oct 2008; the wholesaler's book says 12 Oct 2008. Both stand.",
            ),
        ),
        Step(
            role=pgettext("sample page", "Dealer"),
            party=Absent(reason=pgettext("sample page", "book destroyed by fire")),
            state=StepState.GAP,
            detail=pgettext(
                "sample page", "A certified copy can be asked for at the out-of-business records."
            ),
        ),
        Step(
            role=pgettext("sample page", "Dealer"),
            party="Invented Guns LLC, Houston",
            at=date(2008, 12, 2),
            state=StepState.CURRENT,
            detail=pgettext(
                "sample page", "Asked by telephone; the 24 hours end on 4 Mar 2011, 14:05 UTC−6."
            ),
        ),
        Step(
            role=pgettext("sample page", "Purchaser"),
            party=pgettext("sample page", "named by the dealer's form"),
            state=StepState.WAITING,
        ),
    )


def _statuses() -> tuple[Badge, ...]:
    return (
        Badge(text=pgettext("sample page", "Draft")),
        Badge(text=pgettext("sample page", "In process"), tone=Tone.WAITING),
        Badge(text=pgettext("sample page", "Result"), tone=Tone.DONE),
        Badge(text=pgettext("sample page", "Overdue"), tone=Tone.ATTENTION),
        Badge(text=pgettext("sample page", "Refused"), tone=Tone.PROBLEM),
        Badge(text=pgettext("sample page", "Closed"), tone=Tone.CLOSED),
    )


def _reasons() -> tuple[Reason, ...]:
    return (
        Reason(
            sentence=pgettext("sample page", "Your agency and the owner both signed the sample memorandum."),
            source=pgettext("sample page", "Sample memorandum, version 3, in force until 30 Jun 2012"),
            url="#top",
        ),
        Reason(
            sentence=pgettext(
                "sample page", "It grants seizures up to the tear-line for the purpose of tracing."
            )
        ),
        Reason(
            sentence=pgettext(
                "sample page", "The owner set no lower cap, and the record belongs to no circle."
            )
        ),
    )
