"""Decides the synthetic world's trace requests in full: seizure, gun, request, books, and what the centre entered.

Drawn from the seed and the world's moment by the table of plots; one more gun is left for whoever tries the demo:
its seizure is recorded, the licensees' books know its serial, nobody has described it yet.
Tests: tests/unit/demo/test_stories.py.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cotrace.demo.rules.books import BookRow, Books, Passage, added, other_rows, passage_rows
from cotrace.demo.rules.guns import (
    MODELS_BY_KEY,
    GunModel,
    described,
    drawn_serial,
    drawn_time_to_crime,
    privately_made,
    unread,
)
from cotrace.demo.rules.licensees import BY_KEY, Channel
from cotrace.demo.rules.plots import CONNECTORS, PLOTS, SONORA, ActKind, Plot, Twist
from cotrace.demo.rules.seizures import BEATS, Beat, SyntheticSeizure, drawn_seizure, tear_line_of
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.rules.serials import SerialCondition
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.seizures.rules.completeness import Amount
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.rules.answer_detail import answer_to_json
from cotrace.tracing.rules.answers import kind_of
from cotrace.tracing.rules.record_rows import parse_row

OWNERS = {"fge-son": "FGE-SON", "fgr": "FGR", "atf": "ATF", "ice-hsi": "ICE-HSI", "pd-ep": "PD-EP"}
CODES = {"FGE-SON": "MXSON0001", "FGR": "MXFGR0001", "ATF": "USATF0001", "ICE-HSI": "USHSI0001", "PD-EP": "TX0710000"}
CRIMES = ("5212", "5217", "5299")
"""NCIC: possession of weapon, weapon trafficking, weapon offence."""

NOTE = "Synthetic: looked through the closed dealer's records; nothing was found."
GROUND = "Synthetic: sealed by an order of the court in another investigation."
INSTRUCTIONS = "Sintético. No contacte al distribuidor: hay una operación en curso."


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one of the centre's people does, and when. `text` is a note or a ground."""

    kind: ActKind
    at: datetime
    text: str = ""
    answer: JsonObject | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One request from recovery to where it stands. `by` is the address of who describes and submits."""

    key: str
    by: str
    owner: str
    seizure: SyntheticSeizure
    gun: FirearmValues
    details: JsonObject
    centre: str
    recorded_at: datetime
    described_at: datetime
    submitted_at: datetime
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGun:
    """The gun that is left to whoever tries the demo."""

    by: str
    owner: str
    seizure: SyntheticSeizure
    gun: FirearmValues
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingStory:
    """All of it. `books` are by the key of the licensee."""

    stories: tuple[Story, ...]
    open_gun: OpenGun
    books: Books


def owner_of(email: str) -> str:
    """Return the agency of a member of the cast who submits."""
    return OWNERS[email.partition("@")[2].removesuffix(".example")]


def tracing_story(seed: int, *, now: datetime) -> TracingStory:
    """Return the tracing story of the world, the same for the same seed and moment."""
    books = other_rows(random.Random(f"books:{seed}"), today=now.date())  # noqa: S311 - a synthetic world, not a secret
    stories = tuple(_story(random.Random(f"story:{seed}:{plot.key}"), plot, now, books) for plot in PLOTS)  # noqa: S311
    return TracingStory(
        stories=stories,
        open_gun=_open_gun(random.Random(f"open gun:{seed}"), now, books),  # noqa: S311
        books=books,
    )


def _story(dice: random.Random, plot: Plot, now: datetime, books: Books) -> Story:
    owner = owner_of(plot.by)
    submitted_at = now - timedelta(hours=plot.hours_ago)
    gun = _gun(dice, plot)
    seizure = _seizure(dice, owner, gun, today=submitted_at.date())
    recovered_on = seizure.values.occurred_on or now.date()
    rows = _rows(dice, plot, gun, recovered_on)
    added(books, rows)
    return Story(
        key=plot.key,
        by=plot.by,
        owner=owner,
        seizure=seizure,
        gun=gun,
        details=_details(dice, plot, seizure, recovered_on),
        centre=plot.centre,
        recorded_at=submitted_at - timedelta(hours=22),
        described_at=submitted_at - timedelta(hours=2),
        submitted_at=submitted_at,
        acts=_acts(plot, rows, submitted_at, now),
    )


def _open_gun(dice: random.Random, now: datetime, books: Books) -> OpenGun:
    model = MODELS_BY_KEY["colt-38-super"]
    gun = described(model, serial=drawn_serial(dice))
    recorded_at = now - timedelta(hours=3)
    seizure = _seizure(dice, owner_of(SONORA), gun, today=recorded_at.date())
    recovered_on = seizure.values.occurred_on or now.date()
    sold_on = recovered_on - timedelta(days=dice.randint(90, 340))
    # Whoever describes it chooses a calibre by its NCIC code, whose label names several: the books leave it out.
    in_books = replace(gun, calibre="")
    added(books, passage_rows(dice, Passage(gun=in_books, path=CONNECTORS, sold_on=sold_on)))
    return OpenGun(by=SONORA, owner=owner_of(SONORA), seizure=seizure, gun=gun, recorded_at=recorded_at)


def _gun(dice: random.Random, plot: Plot) -> FirearmValues:
    model: GunModel = MODELS_BY_KEY[plot.model]
    if plot.twist is Twist.PRIVATELY_MADE:
        return privately_made(model)
    gun = described(model, serial=drawn_serial(dice), is_imported=plot.twist is not Twist.NEVER_IMPORTED)
    return unread(gun, SerialCondition.OBLITERATED) if plot.twist is Twist.OBLITERATED else gun


def _seizure(dice: random.Random, owner: str, gun: FirearmValues, *, today: date) -> SyntheticSeizure:
    """Return the seizure a gun was taken in, a few days before `today`: in a place that can be named, seen in full."""
    beat: Beat = next(each for each in BEATS if each.owner == owner)
    drawn = drawn_seizure(dice, beat, today=today)
    item = "long_guns" if gun.type_code[0] in "RS" else "short_guns"
    occurred_on = today - timedelta(days=dice.randint(2, 25))
    amounts = {**drawn.values.amounts, item: Amount(quantity=dice.randint(1, 4))}
    values = replace(
        drawn.values,
        occurred_on=occurred_on,
        municipio_code=drawn.values.municipio_code or beat.municipios[0],
        amounts=amounts,
        tear_line=tear_line_of(beat, amounts),
    )
    return SyntheticSeizure(owner=owner, values=values, cap=Level.FULL, is_restricted=False)


def _rows(dice: random.Random, plot: Plot, gun: FirearmValues, recovered_on: date) -> list[tuple[str, BookRow]]:
    if not plot.path:
        return []
    days = dice.randint(*plot.sold_days) if plot.sold_days else drawn_time_to_crime(dice)
    sold_on = recovered_on - timedelta(days=max(days, 45) if plot.twist is Twist.DATES_GO_BACK else days)
    passage = Passage(gun=gun, path=plot.path, sold_on=sold_on, end=plot.end, twist=plot.twist)
    return passage_rows(dice, passage)


def _details(dice: random.Random, plot: Plot, seizure: SyntheticSeizure, recovered_on: date) -> JsonObject:
    owner = seizure.owner
    details: JsonObject = {
        "agency": {
            "agency_code": CODES[owner],
            "case_number": f"SYN/{owner}/{dice.randrange(1000, 10_000)}/{recovered_on.year}",
        },
        "crime_code": dice.choice(CRIMES),
        "is_criminal_investigation": True,
        "stolen_check": {"result": "no_record", "system": "NCIC"},
    }
    if not owner.startswith("FG"):
        details["recovery"] = {"city": seizure.values.place}
    if dice.random() < 0.5:
        details["possessor"] = {"family_names": f"Synthetic Possessor {dice.randrange(100, 1000)}"}
    if plot.twist is Twist.SPECIAL_INSTRUCTIONS:
        details |= {"special_instructions": INSTRUCTIONS, "priority": "urgent", "justification": "Synthetic: a hearing is near."}
    return details


def _acts(plot: Plot, rows: list[tuple[str, BookRow]], submitted_at: datetime, now: datetime) -> tuple[Act, ...]:
    """Return the acts evenly spread between the request and the world's moment, two hours apart at most."""
    pause = min(timedelta(hours=2), (now - submitted_at) / (len(plot.acts) + 1))
    said = iter([_said(row) for key, row in rows if BY_KEY[key].channel is Channel.TELEPHONE])
    return tuple(
        Act(
            kind=kind,
            at=submitted_at + pause * place,
            text={ActKind.ACCEPT: NOTE, ActKind.WITHHOLD: GROUND}.get(kind, ""),
            answer=next(said) if kind is ActKind.ANSWER else None,
        )
        for place, kind in enumerate(plot.acts, start=1)
    )


def _said(row: BookRow) -> JsonObject:
    """Return what a licensee without connector says on the telephone: its book's line, as a tracer enters it."""
    record, _ = parse_row(row)
    return {"kind": kind_of(record.answer).value, "detail": answer_to_json(record.answer)}
