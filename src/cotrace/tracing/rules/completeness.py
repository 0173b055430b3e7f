"""Whether a trace request may leave the agency: the fields it must have, always or in some cases.

Decides only what is missing or cannot be; what looks unusual is never refused here. A missing
importer on a foreign gun is asked for, unless the examination found no importer's mark.
Source: domain dossier section 2 (required and conditional items of ATF form 3312.1; minimum [S33]);
18 USC 923(g)(1) (criminal investigation). Tests: tests/unit/tracing/test_completeness.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cotrace.firearms.rules.serials import UNKNOWN_CHARACTER, ImporterMark, SerialCondition
from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.rules.gun import normal_serial
from cotrace.tracing.rules.request_document import Priority, TraceRequestDocument
from cotrace.tracing.rules.request_recovery import StolenCheckResult

Question: TypeAlias = Callable[[TraceRequestDocument], bool]

_EARLIEST_RECOVERY = date(1968, 10, 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A field must be there when the case applies. `code` names the problem when it is not."""

    field: str
    is_missing: Question
    applies: Question = lambda _: True
    code: str = "required"


def _is_commercial(document: TraceRequestDocument) -> bool:
    return not document.gun.is_privately_made


def _has_serial(document: TraceRequestDocument) -> bool:
    return document.gun.serial_condition in {SerialCondition.READ, SerialCondition.PARTIAL}


def _needs_importer(document: TraceRequestDocument) -> bool:
    gun = document.gun
    is_marked = gun.importer_mark is ImporterMark.MARKED
    return is_marked or (gun.is_foreign and gun.importer_mark is not ImporterMark.ABSENT)


def _check_was_not_run(document: TraceRequestDocument) -> bool:
    check = document.stolen_check
    return check is not None and check.result is StolenCheckResult.NOT_RUN


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        field="gun.serial",
        applies=lambda d: _is_commercial(d) and _has_serial(d),
        is_missing=lambda d: not normal_serial(d.gun.serial),
    ),
    Requirement(field="gun.make", applies=_is_commercial, is_missing=lambda d: not d.gun.make),
    Requirement(field="gun.type", is_missing=lambda d: not d.gun.type_code),
    Requirement(field="gun.calibre", is_missing=lambda d: not d.gun.calibre),
    Requirement(field="gun.model", applies=_is_commercial, is_missing=lambda d: not d.gun.model),
    Requirement(
        field="gun.country_of_origin",
        applies=_is_commercial,
        is_missing=lambda d: not d.gun.country_of_origin,
    ),
    Requirement(
        field="gun.importer",
        applies=lambda d: _is_commercial(d) and _needs_importer(d),
        is_missing=lambda d: not d.gun.importer,
        code="importer_missing_on_foreign_gun",
    ),
    Requirement(field="agency.case_number", is_missing=lambda d: not d.agency.case_number),
    Requirement(field="recovery.date", is_missing=lambda d: d.recovery.recovered_on is None),
    Requirement(field="recovery.city", is_missing=lambda d: not d.recovery.city),
    Requirement(field="recovery.state", is_missing=lambda d: not d.recovery.state),
    Requirement(field="recovery.country", is_missing=lambda d: not d.recovery.country),
    Requirement(field="crime_code", is_missing=lambda d: not d.crime_code),
    Requirement(
        field="justification",
        applies=lambda d: d.priority is Priority.URGENT,
        is_missing=lambda d: not d.justification,
        code="justification_missing_on_urgent",
    ),
    Requirement(
        field="stolen_check.not_run_because",
        applies=_check_was_not_run,
        is_missing=lambda d: d.stolen_check is None or not d.stolen_check.not_run_because,
    ),
    Requirement(
        field="is_criminal_investigation",
        is_missing=lambda d: not d.is_criminal_investigation,
        code="criminal_investigation_not_stated",
    ),
)

CONTRADICTIONS: tuple[Requirement, ...] = (
    Requirement(
        field="gun.serial",
        applies=lambda d: d.gun.serial_condition is SerialCondition.PARTIAL and bool(d.gun.serial),
        is_missing=lambda d: UNKNOWN_CHARACTER not in (d.gun.serial or ""),
        code="partial_serial_without_unknown_position",
    ),
    Requirement(
        field="gun.serial",
        applies=lambda d: d.gun.serial_condition is SerialCondition.READ,
        is_missing=lambda d: UNKNOWN_CHARACTER in (d.gun.serial or ""),
        code="read_serial_with_unknown_position",
    ),
    Requirement(
        field="gun.importer",
        applies=lambda d: d.gun.importer_mark is ImporterMark.ABSENT,
        is_missing=lambda d: bool(d.gun.importer),
        code="importer_named_but_no_mark",
    ),
)


def request_problems(document: TraceRequestDocument, *, today: date) -> tuple[FieldProblem, ...]:
    """List what keeps a request from being submitted; empty when it may leave."""
    failing = (
        FieldProblem(rule.field, rule.code)
        for rule in (*REQUIREMENTS, *CONTRADICTIONS)
        if rule.applies(document) and rule.is_missing(document)
    )
    return (*failing, *_date_problems(document, today))


def _date_problems(document: TraceRequestDocument, today: date) -> tuple[FieldProblem, ...]:
    recovered_on = document.recovery.recovered_on
    if recovered_on is None:
        return ()
    if recovered_on > today:
        return (FieldProblem("recovery.date", "recovery_in_future"),)
    if recovered_on < _EARLIEST_RECOVERY:
        earliest = _EARLIEST_RECOVERY.isoformat()
        return (FieldProblem("recovery.date", "recovery_too_early", (("earliest", earliest),)),)
    return ()
