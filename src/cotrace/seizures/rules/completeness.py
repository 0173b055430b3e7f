"""Decides whether a seizure as entered can be kept, and says which field is at fault.

Authority: DESIGN section 5, "a blank has a reason code"; IPH conventions (domain/tracing 2.4).
A number that nobody wrote down is not zero: it carries the reason why it is missing.
Tests: tests/unit/seizures/test_completeness.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import FieldProblem
from cotrace.foundation.rules.texts import LINES, has_unseen, one_form

ITEMS = ("long_guns", "short_guns", "magazines", "rounds", "vehicles")
"""What a seizure log counts, in the order of its columns."""

REASONS = frozenset(Reason)
"""Why a number is blank."""

TEXTS: Mapping[str, str] = {"place": "", "notes": LINES, "tear_line": LINES, "source_system": "", "source_ref": ""}
"""The texts of a seizure, and which unseen characters each may hold: those of several lines, line ends and tabs."""

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


def tidied(values: SeizureValues) -> SeizureValues:
    """Return the seizure with its texts in one form: composed letters, one kind of line end."""
    return replace(
        values,
        place=one_form(values.place),
        notes=one_form(values.notes),
        tear_line=one_form(values.tear_line),
        source_system=one_form(values.source_system),
        source_ref=one_form(values.source_ref),
    )


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
    found += [
        FieldProblem(name, "text_unseen")
        for name, besides in TEXTS.items()
        if has_unseen(getattr(values, name), besides=besides)
    ]
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
