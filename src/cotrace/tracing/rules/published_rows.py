"""A row of ATF's published list of licensees: which are taken, and what is kept of one.

Decides that a row which ends early is kept out, as nobody knows what it lost; that one whose licence number is none is
rejected at the part which is wrong; that a telephone of other than ten digits costs the telephone, not the row. What
is kept is business data: licence, names, premises, telephone. Source: ATF, list of federal firearms licensees, text with
tabs. Tests: tests/unit/tracing/test_published_rows.py.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code, Problem
from cotrace.tracing.rules.ffl_numbers import FflNumber, parse_ffl

COLUMNS = {"region": "Lic Regn", "expiry": "Lic Xprdte", "state": "Premise State", "phone": "Voice Phone"}
"""How the list calls what is judged here."""

_PHONE = re.compile(r"[0-9]{10}")
_STATE = re.compile(r"[A-Z]{2}")
_EDITION = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_PARTS = ("region", "district", "county", "licence_type", "expiry", "sequence")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValues:
    """A licensee as the list has it. `key`: region, district and sequence; `phone` is ten digits or empty."""

    key: str
    number: str
    licence_type: str
    licence_name: str
    business_name: str
    street: str
    city: str
    state: str
    zip_code: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row with its problems; `values` is None where it is kept out."""

    values: PublishedValues | None
    problems: tuple[Problem, ...]
    is_short: bool


def judged(row: MappedRow) -> JudgedRow:
    """Decide what becomes of a row."""
    is_short = any(problem.code is Code.ROW_TOO_SHORT for problem in row.problems)
    if is_short or not row.is_accepted:
        return JudgedRow(values=None, problems=tuple(map(_rejecting, row.problems)), is_short=is_short)
    said = {name: str(value) for name, value in row.values.items()}
    number = parse_ffl("-".join(said[part] for part in _PARTS))
    if isinstance(number, FflNumber) and _STATE.fullmatch(said["state"]):
        return _kept(row, said, number)
    wrong = "state" if isinstance(number, FflNumber) else "region" if said["region"] == "0" else "expiry"
    problem = Problem(row=row.number, column=COLUMNS[wrong], code=Code.CODE_MALFORMED, value_excerpt=said[wrong])
    return JudgedRow(values=None, problems=(*row.problems, problem), is_short=False)


def _kept(row: MappedRow, said: dict[str, str], number: FflNumber) -> JudgedRow:
    phone, problems = said.get("phone", ""), row.problems
    if phone and not _PHONE.fullmatch(phone):
        wrong = Problem(
            row=row.number, column=COLUMNS["phone"], code=Code.CODE_MALFORMED, value_excerpt=phone, level="warning"
        )
        phone, problems = "", (*problems, wrong)
    values = PublishedValues(
        key=number.short.key,
        number=number.text,
        licence_type=number.type_code,
        licence_name=said["licence_name"],
        business_name=said.get("business_name", ""),
        street=said["street"],
        city=said["city"],
        state=said["state"],
        zip_code=said.get("zip_code", ""),
        phone=phone,
    )
    return JudgedRow(values=values, problems=problems, is_short=False)


def _rejecting(problem: Problem) -> Problem:
    """Return a problem at the weight it has here: a row that ends early is kept out."""
    return replace(problem, level="error") if problem.code is Code.ROW_TOO_SHORT else problem


def edition_problem(edition: str, *, today: date) -> str | None:
    """Return the code of what is wrong with the name of an edition, year and month; None where it may be loaded."""
    found = _EDITION.fullmatch(edition)
    if found is None:
        return "edition_malformed"
    return "edition_to_come" if (int(found[1]), int(found[2])) > (today.year, today.month) else None


def month_of(edition: str) -> date:
    """Return the first day of an edition's month."""
    return date.fromisoformat(f"{edition}-01")
