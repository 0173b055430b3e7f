"""Finding the one gun an inquiry asks for in a licensee's own records.

Decides which of the lines under a serial is meant, and never names a purchaser where the description
leaves a doubt: another make under the same serial, or several guns, gives descriptions only.
Source: docs/connector-protocol.md section 7; domain dossier section 7 (serials are unique per maker).
Tests: tests/unit/tracing/test_record_lookup.py, tests/property/tracing/test_connector_properties.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cotrace.tracing.rules.answer_detail import MOST_CANDIDATES
from cotrace.tracing.rules.answers import (
    Acquisition,
    Answer,
    NotInRecords,
    SeveralGuns,
    event_date,
)
from cotrace.tracing.rules.gun import RecordedGun, is_same_make, normal_make, normal_serial
from cotrace.tracing.rules.inquiry import Inquiry
from cotrace.tracing.rules.record_rows import RecordRow
from cotrace.tracing.rules.trace_view import Shipment


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the records say to an inquiry."""

    answer: Answer
    gun: RecordedGun | None = None
    acquisition: Acquisition | None = None


def look_up(rows: tuple[RecordRow, ...], inquiry: Inquiry) -> Found:
    """Answer an inquiry from the lines that carry its serial."""
    of_make = tuple(row for row in rows if _agrees_on_make(row.gun, inquiry.gun))
    if not of_make:
        return Found(answer=NotInRecords(same_serial=_descriptions(rows)))
    meant = _narrow(of_make, inquiry.gun)
    descriptions = _descriptions(meant)
    if len(descriptions) > 1:
        return Found(answer=SeveralGuns(candidates=descriptions))
    row = _in_time(meant, inquiry.shipment)
    return Found(answer=row.answer, gun=row.gun, acquisition=row.acquisition)


def _agrees_on_make(recorded: RecordedGun, asked: RecordedGun) -> bool:
    """A gun is found under its maker or its importer, whichever of the two either side wrote down."""
    names = [name for name in (recorded.make, recorded.importer) if name]
    wanted = [name for name in (asked.make, asked.importer) if name]
    if not names or not wanted:
        return True
    return any(is_same_make(name, want) for name in names for want in wanted)


def _narrow(rows: tuple[RecordRow, ...], asked: RecordedGun) -> tuple[RecordRow, ...]:
    """Use model, calibre and type to choose among several guns, never to reject the only one."""
    for read in _TIE_BREAKERS:
        wanted = normal_serial(read(asked))
        fitting = tuple(row for row in rows if wanted and normal_serial(read(row.gun)) == wanted)
        rows = fitting or rows
    return rows


_TIE_BREAKERS: tuple[Callable[[RecordedGun], str | None], ...] = (
    lambda gun: gun.model,
    lambda gun: gun.calibre,
    lambda gun: gun.type_code,
)


def _descriptions(rows: Iterable[RecordRow]) -> tuple[RecordedGun, ...]:
    distinct: dict[tuple[str, ...], RecordedGun] = {}
    for row in rows:
        distinct.setdefault(_description_key(row.gun), row.gun)
    return tuple(distinct.values())[:MOST_CANDIDATES]


def _description_key(gun: RecordedGun) -> tuple[str, ...]:
    return (
        normal_make(gun.make),
        normal_make(gun.importer),
        *(normal_serial(read(gun)) for read in _TIE_BREAKERS),
    )


def _in_time(rows: tuple[RecordRow, ...], shipment: Shipment | None) -> RecordRow:
    """Of one gun's several stays with a licensee, take the first that ends on or after the shipment."""
    in_order = sorted(rows, key=_left_order)
    if shipment is None or shipment.shipped_on is None:
        return in_order[0]
    for row in in_order:
        left_on = event_date(row.answer)
        if left_on is None or left_on >= shipment.shipped_on:
            return row
    return in_order[-1]


def _left_order(row: RecordRow) -> tuple[bool, date]:
    left_on = event_date(row.answer)
    return (left_on is None, left_on or date.max)
