"""Decides what the synthetic licensees' books say: a gun from maker to purchaser, line by line.

Columns are those of a connector's records file (docs/connector-protocol.md section 8). A purchaser's name says that
nobody bears it; cities of purchase follow domain/tracing 5.3. Tests: tests/unit/demo/test_stories.py.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from cotrace.demo.rules.guns import GUN_MODELS, described, drawn_serial, drawn_time_to_crime
from cotrace.demo.rules.licensees import BY_KEY, CONNECTED, Channel, SyntheticLicensee, answering
from cotrace.demo.rules.plots import End, Twist
from cotrace.firearms.rules.description import FirearmValues

BookRow = dict[str, str]
Books = dict[str, list[BookRow]]
"""Lines by the key of the licensee whose book they stand in."""

CITIES = (("Houston", "TX", 24), ("El Paso", "TX", 17), ("San Antonio", "TX", 13), ("Tucson", "AZ", 22), ("Phoenix", "AZ", 17))
GIVEN_NAMES = ("Invented", "Fictitious", "Imaginary", "Made-Up", "Unreal")
OTHER_LINES = 150
"""Lines in each connector's book about guns that nobody asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How a gun passed: through whose hands, when it was sold, how the last book ends."""

    gun: FirearmValues
    path: tuple[str, ...]
    sold_on: date
    end: End = End.SOLD
    twist: Twist = Twist.NONE


def purchaser_cells(dice: random.Random) -> BookRow:
    """Return the cells of a purchaser whom nobody can take for a person."""
    number = dice.randrange(1000, 10_000)
    city, state, _ = dice.choices(CITIES, weights=[share for _, _, share in CITIES])[0]
    return {
        "family_names": f"Synthetic Purchaser {number}",
        "given_names": dice.choice(GIVEN_NAMES),
        "birth_date": f"{dice.randint(1955, 2002)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "street": f"{number} Invented Street",
        "city": city,
        "state": state,
        "postal_code": "00000",
        "country": "US",
        "document_type": "synthetic licence",
        "document_number": f"SYN-{number}",
        "document_issuer": state,
        "form_reference": f"SYN-4473-{number}",
    }


def passage_rows(dice: random.Random, passage: Passage) -> list[tuple[str, BookRow]]:
    """Return, for each hand on the path, who answers for it and what its book says; who closed without successor has none."""
    days = _days_of_leaving(dice, passage)
    rows: list[tuple[str, BookRow]] = []
    for place, key in enumerate(passage.path):
        holder = answering(key)
        if holder is None:
            break
        supplier = answering(passage.path[place - 1]) if place else None
        row = {**_gun_cells(passage.gun), **_arrival(supplier, days[place - 1] if place else None)}
        row |= _departure(dice, passage, place, days[place])
        rows.append((holder.key, row))
    return _twisted(rows, passage)


def other_rows(dice: random.Random, *, today: date) -> Books:
    """Return lines of guns that nobody asks for, so that a book is one."""
    books: Books = {each.key: [] for each in CONNECTED}
    domestic = [model for model in GUN_MODELS if model.make in BY_KEY["maker"].marks]
    for _ in range(OTHER_LINES):
        model = dice.choice(domestic)
        passage = Passage(
            gun=described(model, serial=drawn_serial(dice)),
            path=tuple(each.key for each in CONNECTED),
            sold_on=today - timedelta(days=60 + drawn_time_to_crime(dice)),
        )
        for key, row in passage_rows(dice, passage):
            books[key].append(row)
    return books


def added(books: Books, rows: list[tuple[str, BookRow]]) -> None:
    """Write rows into the books of those who keep one for a connector."""
    for key, row in rows:
        if BY_KEY[key].channel is Channel.CONNECTOR:
            books[key].append(row)


def _days_of_leaving(dice: random.Random, passage: Passage) -> list[date]:
    """Return the day on which the gun left each hand; the last on the day of its sale."""
    days = [passage.sold_on]
    for _ in passage.path[1:]:
        days.insert(0, days[0] - timedelta(days=dice.randint(12, 90)))
    return days


def _gun_cells(gun: FirearmValues) -> BookRow:
    cells = {"serial": gun.serial, "make": gun.make, "model": gun.model, "calibre": gun.calibre, "type": gun.type_code}
    return {**cells, "importer": gun.importer} if gun.importer else cells


def _arrival(supplier: SyntheticLicensee | None, left_on: date | None) -> BookRow:
    if supplier is None or left_on is None:
        return {}
    return {
        "acquired_on": (left_on + timedelta(days=3)).isoformat(),
        "supplier_number": supplier.number,
        "supplier_name": supplier.name,
    }


def _departure(dice: random.Random, passage: Passage, place: int, left_on: date) -> BookRow:
    if place < len(passage.path) - 1:
        following = BY_KEY[passage.path[place + 1]]
        return {
            "disposition": "shipped_to",
            "disposed_on": left_on.isoformat(),
            "to_number": following.number,
            "to_name": following.name,
            "invoice": f"SYN-INV-{dice.randrange(1000, 10_000)}",
        }
    return {"disposed_on": left_on.isoformat(), **_ending(dice, passage.end)}


def _ending(dice: random.Random, end: End) -> BookRow:
    match end:
        case End.STOLEN:
            return {"disposition": "stolen_or_lost", "loss_place": "inventory", "report_reference": "SYN-LOSS-1"}
        case End.AGENCY:
            return {
                "disposition": "sold_to_agency",
                "agency_kind": "law_enforcement",
                "agency_name": "Synthetic Police Department",
            }
        case _:
            return {"disposition": "sold_to_purchaser", **purchaser_cells(dice)}


def _twisted(rows: list[tuple[str, BookRow]], passage: Passage) -> list[tuple[str, BookRow]]:
    """Make the books contradict each other where the plot wants it."""
    if passage.end is End.NOT_IN_BOOK:
        return rows[:-1]
    if passage.twist is Twist.OTHER_MAKE:
        key, row = rows[0]
        return [(key, {**row, "make": _another_mark(row["make"])}), *rows[1:]]
    if passage.twist is Twist.DATES_GO_BACK:
        key, row = rows[-2]
        late = passage.sold_on + timedelta(days=40)
        return [*rows[:-2], (key, {**row, "disposed_on": late.isoformat()}), rows[-1]]
    return rows


def _another_mark(make: str) -> str:
    return next(mark for mark in reversed(BY_KEY["maker"].marks) if mark != make)
