"""Decides whether a seizure as entered can be kept, and says which field is at fault.

Authority: DESIGN section 5, "a blank has a reason code"; IPH conventions (domain/tracing 2.4).
A number that nobody wrote down is not zero: it carries the reason why it is missing.
Tests: tests/unit/seizures/test_completeness.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import FieldProblem

ITEMS = ("long_guns", "short_guns", "magazines", "rounds", "vehicles")
"""What a seizure log counts, in the order of its columns."""

REASONS = frozenset(Reason)
"""Why a number is blank."""

EARLIEST = date(1900, 1, 1)
COUNT_MAX = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How many of an item: a number, or the reason why there is none."""

    quantity: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureValues:
    """A seizure as entered or mapped. Codes are INEGI's (state 2 digits, municipio 5)."""

    occurred_on: date | None
    state_code: str = ""
    municipio_code: str = ""
    place: str = ""
    participants: tuple[str, ...] = ()
    amounts: Mapping[str, Amount]
    detained: Amount
    notes: str = ""
    tear_line: str = ""
    source_system: str = ""
    source_ref: str = ""


def value_problems(
    values: SeizureValues, *, today: date, states: frozenset[str], municipios: frozenset[str]
) -> list[FieldProblem]:
    """Return what keeps a seizure from being kept, empty when nothing does."""
    found: list[FieldProblem] = []
    if values.occurred_on is None:
        found.append(FieldProblem("occurred_on", "required"))
    elif not EARLIEST <= values.occurred_on <= today:
        found.append(FieldProblem("occurred_on", "date_out_of_range"))
    found += _place_problems(values, states, municipios)
    for item, amount in {**values.amounts, "detained": values.detained}.items():
        if item not in (*ITEMS, "detained"):
            found.append(FieldProblem(item, "item_unknown"))
        found += _amount_problems(item, amount)
    return found


def _place_problems(
    values: SeizureValues, states: frozenset[str], municipios: frozenset[str]
) -> list[FieldProblem]:
    found: list[FieldProblem] = []
    if values.state_code and values.state_code not in states:
        found.append(FieldProblem("state_code", "state_unknown"))
    if values.municipio_code and values.municipio_code not in municipios:
        found.append(FieldProblem("municipio_code", "municipio_unknown"))
    if values.municipio_code and not values.municipio_code.startswith(values.state_code):
        found.append(FieldProblem("municipio_code", "municipio_outside_state"))
    return found


def _amount_problems(item: str, amount: Amount) -> list[FieldProblem]:
    if amount.quantity is None:
        return [] if amount.reason in REASONS else [FieldProblem(item, "reason_unknown")]
    if amount.reason:
        return [FieldProblem(item, "amount_and_reason")]
    return [] if 0 <= amount.quantity <= COUNT_MAX else [FieldProblem(item, "count_out_of_range")]
