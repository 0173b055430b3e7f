"""Licence numbers of United States firearms licensees (FFL): their form, their parts, what is asked about them.

Decides whether a text is such a number, and what is doubtful about one. A number that is written as an FFL's and is
none is a problem. What rests on old tables or on the calendar (type, district, state, expiry) is a question, which
blocks nothing. A number of another form may be another country's: that, too, is a question. Region 0 does not exist;
synthetic licensees have it. Source: ATF, `R-DD-CCC-TT-EX-SSSSS`: region, district, county (FIPS), type, expiry (last
digit of the year, and a month from A to M without I), sequence; 27 CFR 478.92 for the abbreviated number, the first
three and the last five digits. Tables: src/cotrace/tracing/data/ffl_types.csv, ffl_districts.csv.
Tests: tests/unit/tracing/test_ffl_numbers.py, tests/property/tracing/test_ffl_number_properties.py.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.rules.csv_tables import read_table
from cotrace.tracing.rules.trace_view import Role

MONTHS = "ABCDEFGHJKLM"
WIDTHS = (1, 2, 3, 2, 2, 5)
EXPIRY = 4
YEARS_AHEAD, YEARS_BEHIND = 3, 6
"""A licence runs for three years, so that the last digit of its year is met once in these ten."""

_PARTS = re.compile(r"([1-9])([0-9]{2})([0-9]{3})([0-9]{2})([0-9][A-Z])([0-9]{5})")
_SHORT = re.compile(r"([1-9])-?([0-9]{2})-?([0-9]{5})")
_ON_SERIAL = re.compile(r"([1-9])-?([0-9]{2})-?([0-9]{5})-.*[0-9A-Z].*")
_REGION = re.compile(r"[1-9]")
_DIGITS = re.compile(r"[0-9]+")
_STATE_AND_ZIP = re.compile(r"\b([A-Z]{2})[.,]?\s+\d{5}(?:-?\d{4})?(?!\d)")
_DASHES = re.compile(r"[\s\u2010-\u2015\u2212-]+")


class FflProblem(StrEnum):
    """Why a text is no licence number of the United States."""

    NOT_ONE = "not_an_ffl_number"
    PART_LENGTH = "ffl_part_length_wrong"
    DIGITS = "ffl_digits_wrong"
    EXPIRY = "ffl_expiry_wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortFfl:
    """The abbreviated number of a licensee, which stays when county, type and expiry change."""

    region: str
    district: str
    sequence: str

    @property
    def text(self) -> str:
        """Return the number as forms write it."""
        return f"{self.region}-{self.district}-{self.sequence}"

    @property
    def key(self) -> str:
        """Return its eight digits."""
        return f"{self.region}{self.district}{self.sequence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FflNumber:
    """A licence number by its parts; `expiry` is a digit and a letter."""

    region: str
    district: str
    county: str
    type_code: str
    expiry: str
    sequence: str

    @property
    def text(self) -> str:
        """Return the number with its hyphens."""
        parts = (self.region, self.district, self.county, self.type_code, self.expiry, self.sequence)
        return "-".join(parts)

    @property
    def short(self) -> ShortFfl:
        """Return the abbreviated number."""
        return ShortFfl(region=self.region, district=self.district, sequence=self.sequence)

    def expires(self, *, seen_on: date) -> tuple[int, int]:
        """Return year and month of its expiry, for a number that was met on that day."""
        first = seen_on.year - YEARS_BEHIND
        year = first + (int(self.expiry[0]) - first) % 10
        return year, MONTHS.index(self.expiry[1]) + 1

    def is_expired(self, *, on: date) -> bool:
        """Tell whether the month of its expiry lies before that day's."""
        return self.expires(seen_on=on) < (on.year, on.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class FflType:
    """What a licence of a type allows, in both languages."""

    code: str
    label_en: str
    label_es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FflCodes:
    """The tables by code: types, and the states of each district (`region` and `district` in one)."""

    types: Mapping[str, FflType]
    districts: Mapping[str, tuple[str, ...]]

    def states_of(self, number: FflNumber | ShortFfl) -> tuple[str, ...]:
        """Return the states of a number's district; none where the table does not have it."""
        return self.districts.get(number.region + number.district, ())


def parse_codes(*, types: str, districts: str) -> FflCodes:
    """Read both tables. Raises Invalid where one is not as it should be."""
    found = read_table(types, columns=("code", "label_en", "label_es"), key=("code",))
    columns = ("region", "district", "states", "n_top_state", "n_rows")
    places = read_table(districts, columns=columns, key=("region", "district"))
    return FflCodes(
        types={row["code"]: FflType(**row) for row in found},
        districts={row["region"] + row["district"]: tuple(row["states"].split("/")) for row in places},
    )


def parse_ffl(text: str) -> FflNumber | FflProblem:
    """Read a licence number with or without hyphens; say what is wrong with one that is written as such."""
    parts = _DASHES.split(unicodedata.normalize("NFKC", text).upper().strip())
    found = _PARTS.fullmatch("".join(parts))
    if found is None:
        return _wrong_part(parts)
    region, district, county, type_code, expiry, sequence = found.groups()
    if expiry[1] not in MONTHS:
        return FflProblem.EXPIRY
    return FflNumber(
        region=region, district=district, county=county, type_code=type_code, expiry=expiry, sequence=sequence
    )


def _wrong_part(parts: list[str]) -> FflProblem:
    """Return what is wrong with six parts that begin with a region; any other text is of another form."""
    if len(parts) != len(WIDTHS) or not _REGION.fullmatch(parts[0]):
        return FflProblem.NOT_ONE
    if tuple(map(len, parts)) != WIDTHS:
        return FflProblem.PART_LENGTH
    others = (part for place, part in enumerate(parts) if place != EXPIRY)
    return FflProblem.EXPIRY if all(map(_DIGITS.fullmatch, others)) else FflProblem.DIGITS


def parse_short(text: str) -> ShortFfl | None:
    """Read an abbreviated number as forms have it: `1-59-00001` or its eight digits."""
    return _short(_SHORT.fullmatch(text.strip()))


def short_on_serial(serial: str) -> ShortFfl | None:
    """Read the licensee's abbreviated number at the beginning of a serial, as on guns that were made privately."""
    return _short(_ON_SERIAL.fullmatch(serial.strip().upper()))


def _short(found: re.Match[str] | None) -> ShortFfl | None:
    if found is None:
        return None
    return ShortFfl(region=found[1], district=found[2], sequence=found[3])


def short_of(text: str) -> ShortFfl | None:
    """Return what a whole or an abbreviated number is known by; None where it is neither."""
    number = parse_ffl(text)
    return number.short if isinstance(number, FflNumber) else parse_short(text)


def ffl_problem(text: str) -> FflProblem | None:
    """Return what keeps a number from being entered: it is written as an FFL's and is none."""
    found = parse_ffl(text)
    return found if isinstance(found, FflProblem) and found is not FflProblem.NOT_ONE else None


def ffl_questions(
    number: FflNumber | ShortFfl, *, codes: FflCodes, today: date, state: str = ""
) -> tuple[FieldProblem, ...]:
    """Return what is doubtful about a number; `state` is that of the licensee's address, empty where it is not known."""
    found: list[FieldProblem] = []
    if isinstance(number, FflNumber):
        if number.type_code not in codes.types:
            found.append(_asked("ffl_type_unknown", type=number.type_code))
        if number.is_expired(on=today):
            year, month = number.expires(seen_on=today)
            found.append(_asked("ffl_expired", month=f"{year}-{month:02}"))
    states = codes.states_of(number)
    if not states:
        found.append(_asked("ffl_district_unknown", district=f"{number.region}-{number.district}"))
    elif state and state not in states:
        found.append(_asked("ffl_state_differs", states="/".join(states), state=state))
    return tuple(found)


def number_questions(text: str, *, codes: FflCodes, today: date, address: str = "") -> tuple[FieldProblem, ...]:
    """Return what is doubtful about a licence number of the register, its address in one line beside it."""
    number = parse_ffl(text)
    if isinstance(number, FflProblem):
        return (_asked(number),)
    return ffl_questions(number, codes=codes, today=today, state=state_in(address, codes=codes))


def state_in(address: str, *, codes: FflCodes) -> str:
    """Return the state that stands before the ZIP code of an address; empty where there is none that the table has."""
    known = {state for states in codes.districts.values() for state in states}
    found = [state for state in _STATE_AND_ZIP.findall(address.upper()) if state in known]
    return found[-1] if found else ""


def role_of_type(type_code: str) -> Role:
    """Return the place in the chain that a type of licence suggests; a wholesaler has a dealer's."""
    return _ROLES.get(type_code, Role.DEALER)


_ROLES = {"06": Role.MAKER, "07": Role.MAKER, "10": Role.MAKER, "08": Role.IMPORTER, "11": Role.IMPORTER}


def _asked(code: str, **params: str) -> FieldProblem:
    return FieldProblem("number", code, tuple(params.items()))
