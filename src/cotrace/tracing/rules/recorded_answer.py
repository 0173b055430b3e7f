"""An answer as the centre keeps it, with the purchaser in a place of its own.

Decides what stays in the inquiry's row: everything but the person who bought the gun. The person is
kept apart (`Transferee`), so that no query over inquiries can ever find one, and can be deleted alone.
Decides too that nobody enters a day that has not come: no record shows one, so it is a slip of the hand.
Source: DESIGN section 4, "No registry"; 18 USC 926(a). Tests: tests/unit/tracing/test_recorded_answer.py.
"""

from dataclasses import dataclass, replace
from datetime import date

from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import Fields
from cotrace.tracing.rules.answer_detail import answer_to_json, parse_detail
from cotrace.tracing.rules.answers import (
    Acquisition,
    Answer,
    AnswerKind,
    Exported,
    Pending,
    Purchaser,
    ShippedTo,
    SoldToAgency,
    SoldToPurchaser,
    StolenOrLost,
    event_date,
    kind_of,
)
from cotrace.tracing.rules.gun import RecordedGun
from cotrace.tracing.rules.inquiry import gun_to_json, parse_gun
from cotrace.tracing.rules.parties import (
    acquisition_to_json,
    parse_acquisition,
    parse_purchaser,
    purchaser_to_json,
)

KEPT_APART = Purchaser(family_names="(kept apart)")
"""Stands where the purchaser is, for everybody who works on a trace without needing the person."""

EVENT_DAYS: dict[type[Answer], str] = {
    ShippedTo: "detail.shipped_on",
    SoldToPurchaser: "detail.sold_on",
    SoldToAgency: "detail.sold_on",
    Exported: "detail.exported_on",
    StolenOrLost: "detail.discovered_on",
}
"""Where in its document each kind of answer says on which day the gun left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """An answer with what the licensee's book says beside it."""

    answer: Answer
    gun: RecordedGun | None = None
    acquisition: Acquisition | None = None

    @property
    def purchaser(self) -> Purchaser | None:
        """The person the gun was sold to, where the answer names one."""
        return self.answer.purchaser if isinstance(self.answer, SoldToPurchaser) else None

    def sold_to(self, purchaser: Purchaser) -> "RecordedAnswer":
        """Return the same answer with another person in the purchaser's place."""
        if not isinstance(self.answer, SoldToPurchaser):
            return self
        return replace(self, answer=replace(self.answer, purchaser=purchaser))


def recorded_to_json(recorded: RecordedAnswer) -> JsonObject:
    """Write an answer for the inquiry's row; the purchaser is left out."""
    acquisition = recorded.acquisition
    detail = answer_to_json(recorded.answer)
    detail.pop("purchaser", None)
    return without_blanks(
        {
            "kind": kind_of(recorded.answer).value,
            "detail": detail,
            "gun": None if recorded.gun is None else gun_to_json(recorded.gun),
            "acquisition": None if acquisition is None else acquisition_to_json(acquisition),
        }
    )


def recorded_from_json(value: JsonValue) -> RecordedAnswer:
    """Read an answer back from the inquiry's row, `KEPT_APART` in the purchaser's place."""
    if isinstance(value, dict) and value.get("kind") == AnswerKind.SOLD_TO_PURCHASER.value:
        detail = value.get("detail")
        if isinstance(detail, dict):
            value = {**value, "detail": {**detail, "purchaser": purchaser_to_json(KEPT_APART)}}
    return _parsed(Fields.of(value), today=None)


def parse_answer_by_hand(value: JsonValue, *, today: date) -> RecordedAnswer:
    """Read an answer as a tracer enters it: kind, detail, and what the book says of the gun and its arrival.

    Raises: Invalid answer_by_hand_malformed, with every field's problem; a day after `today` is one.
    """
    return _parsed(Fields.of(value), today=today)


def _parsed(top: Fields, *, today: date | None) -> RecordedAnswer:
    kind = top.code("kind", AnswerKind)
    gun = top.child_or_none("gun")
    recorded = RecordedAnswer(
        answer=parse_detail(kind, top.child("detail")),
        gun=None if gun is None else parse_gun(gun),
        acquisition=parse_acquisition(top.child_or_none("acquisition")),
    )
    if isinstance(recorded.answer, Pending):
        top.problem("kind", "answer_is_none_yet")
    for place, day in _days(recorded).items():
        if today is not None and day is not None and day > today:
            top.problem(place, "answer_date_to_come")
    top.finish("answer_by_hand_malformed")
    return recorded


def purchaser_from_json(value: JsonValue) -> Purchaser:
    """Read a purchaser back from where it is kept. Raises: Invalid purchaser_malformed."""
    top = Fields.of(value)
    purchaser = parse_purchaser(top)
    top.finish("purchaser_malformed")
    return purchaser


def _days(recorded: RecordedAnswer) -> dict[str, date | None]:
    """Return every day that an answer states, by its place in the document."""
    answer, acquisition = recorded.answer, recorded.acquisition
    found = {EVENT_DAYS[type(answer)]: event_date(answer)} if type(answer) in EVENT_DAYS else {}
    return {
        **found,
        "detail.purchaser.birth_date": recorded.purchaser.birth_date if recorded.purchaser else None,
        "acquisition.acquired_on": acquisition.acquired_on if acquisition else None,
    }
