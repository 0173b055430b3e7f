"""The result of a trace as a document: what goes back in a signed file and out as JSON.

Decides the document's shape, strictly, and repeats in every copy that it is a lead, not evidence.
Source: domain dossier 4.1 (trace summary blocks) and 5.1; docs/exchange-format.md section 7.
Tests: tests/unit/tracing/test_result_document.py.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import Fields, day_text, moment_text
from cotrace.tracing.rules.answers import AnswerKind, LicenseeRef, Purchaser
from cotrace.tracing.rules.chain import ChainStep, Finding
from cotrace.tracing.rules.gun import RecordedGun
from cotrace.tracing.rules.inquiry import gun_to_json, parse_gun
from cotrace.tracing.rules.parties import (
    licensee_to_json,
    parse_licensee,
    parse_purchaser,
    purchaser_to_json,
)
from cotrace.tracing.rules.time_to_crime import (
    NoNumberReason,
    NoTimeToCrime,
    TimeToCrime,
    time_to_crime,
)
from cotrace.tracing.rules.trace_view import Role

RESULT_FORMAT = "cotrace-trace-result"
RESULT_VERSION = 1
CAVEAT = "lead_not_evidence"
MOST_STEPS = 40
_OUTCOME = re.compile(r"[A-Z][0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceResultDocument:
    """What a trace established, for the agency that asked. None: not established.

    `request_number` is the asking agency's number, `trace_number` the centre's.
    """

    trace_number: str
    request_number: str
    outcome: str
    released_at: datetime
    gun: RecordedGun
    recovered_on: date | None = None
    dealer: LicenseeRef | None = None
    purchaser: Purchaser | None = None
    purchased_on: date | None = None
    chain: tuple[ChainStep, ...] = ()

    @property
    def time_to_crime(self) -> TimeToCrime | NoTimeToCrime:
        """Time-to-crime by the two dates of this result."""
        return time_to_crime(purchased_on=self.purchased_on, recovered_on=self.recovered_on)


def result_to_json(result: TraceResultDocument) -> JsonObject:
    """Write a result as a document; reading it back gives an equal one."""
    dealer, purchaser = result.dealer, result.purchaser
    return without_blanks(
        {
            "format": RESULT_FORMAT,
            "version": RESULT_VERSION,
            "caveat": CAVEAT,
            "trace_number": result.trace_number,
            "request_number": result.request_number,
            "outcome": result.outcome,
            "released_at": moment_text(result.released_at),
            "gun": _gun_to_json(result.gun),
            "recovered_on": day_text(result.recovered_on),
            "dealer": None if dealer is None else licensee_to_json(dealer),
            "purchaser": None if purchaser is None else purchaser_to_json(purchaser),
            "purchased_on": day_text(result.purchased_on),
            "time_to_crime": _time_to_json(result.time_to_crime),
            "chain": [_step_to_json(step) for step in result.chain] or None,
        }
    )


def parse_result(value: JsonValue) -> TraceResultDocument:
    """Read a result document. Raises: Invalid trace_result_malformed, with every field's problem."""
    top = Fields.of(value)
    top.constant("format", RESULT_FORMAT)
    top.number("version", least=RESULT_VERSION, most=RESULT_VERSION)
    top.constant("caveat", CAVEAT)
    dealer, purchaser = top.child_or_none("dealer"), top.child_or_none("purchaser")
    result = TraceResultDocument(
        trace_number=top.text("trace_number", longest=60),
        request_number=top.text("request_number", longest=60),
        outcome=top.text("outcome", form=_OUTCOME),
        released_at=top.moment("released_at"),
        gun=parse_gun(top.child("gun"), is_serial_required=False),
        recovered_on=top.day_or_none("recovered_on"),
        dealer=None if dealer is None else parse_licensee(dealer),
        purchaser=None if purchaser is None else parse_purchaser(purchaser),
        purchased_on=top.day_or_none("purchased_on"),
        chain=tuple(_parse_step(item) for item in top.children("chain", most=MOST_STEPS)),
    )
    if top.raw_object("time_to_crime") != _time_to_json(result.time_to_crime):
        top.problem("time_to_crime", "time_to_crime_does_not_fit_dates")
    top.finish("trace_result_malformed")
    return result


def _time_to_json(found: TimeToCrime | NoTimeToCrime) -> JsonObject:
    match found:
        case TimeToCrime():
            return {
                "days": found.days,
                "years": _two_decimals(found.years),
                "band": found.band.value,
                "is_short": found.is_short,
            }
        case NoTimeToCrime(reason=reason):
            return {"reason": NoNumberReason(reason).value}


def _gun_to_json(gun: RecordedGun) -> JsonValue:
    """Write the gun; a serial that could not be read is left out."""
    written = gun_to_json(gun)
    if isinstance(written, dict) and not gun.serial:
        del written["serial"]
    return written


def _two_decimals(number: Decimal) -> str:
    return f"{number:.2f}"


def _step_to_json(step: ChainStep) -> JsonObject:
    return without_blanks(
        {
            "number": step.number,
            "licensee": licensee_to_json(step.licensee),
            "role": step.role.value,
            "answer": None if step.answer_kind is None else step.answer_kind.value,
            "left_on": day_text(step.left_on),
            "invoice": step.invoice,
            "findings": [finding.value for finding in step.findings] or None,
        }
    )


def _parse_step(fields: Fields) -> ChainStep:
    step = ChainStep(
        number=fields.number("number", least=1, most=MOST_STEPS),
        licensee=parse_licensee(fields.child("licensee")),
        role=fields.code("role", Role),
        answer_kind=fields.code_or_none("answer", AnswerKind),
        left_on=fields.day_or_none("left_on"),
        invoice=fields.text_or_none("invoice", longest=80),
        findings=fields.codes("findings", Finding),
    )
    fields.close()
    return step
