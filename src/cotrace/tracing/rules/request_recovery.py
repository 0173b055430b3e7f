"""The recovery of one gun: where and when, who has it now, what was found with it, how its number was read.

Source: domain dossier section 2, items VIII and IX of ATF form 3312.1, and 2.1 (what the form lacks: custody line,
vault, arrest, prints); Massachusetts c.140 s.131Q. Tests: tests/unit/tracing/test_request_document.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cotrace.foundation.rules.parts import code, day, line, prose
from cotrace.tracing.rules.request_people import COUNTRY


class StolenCheckResult(StrEnum):
    """What a check against stolen-gun files said."""

    NO_RECORD = "no_record"
    STOLEN = "stolen"
    NOT_RUN = "not_run"


class Known(StrEnum):
    """What is known of a circumstance; absent means that nobody was asked."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Where and when the gun was recovered. `vehicle` is the vehicle involved, with its plates, as written."""

    recovered_on: date | None = day(name="date")
    city: str | None = line(120)
    state: str | None = line(120)
    country: str | None = line(2, form=COUNTRY)
    address: str | None = line(300)
    exhibit_number: str | None = line(80)
    vehicle: str | None = line(200)
    remarks: str | None = prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Where the gun is now, and through whose hands it came: seizing force, prosecutor, vault, military zone.

    `chain_reference` is the number of the chain-of-custody record (*registro de cadena de custodia*).
    """

    seized_by: str | None = line(120)
    handed_over_on: date | None = day()
    prosecutor: str | None = line(120)
    holder: str | None = line(120)
    vault: str | None = line(120)
    shelf: str | None = line(60)
    military_zone: str | None = line(60)
    chain_reference: str | None = line(80)


@dataclass(frozen=True, slots=True, kw_only=True)
class StolenCheck:
    """The check against stolen-gun files: where, when, what it said, or why it was not run."""

    result: StolenCheckResult = code(StolenCheckResult, is_required=True)
    system: str | None = line(60)
    checked_on: date | None = day()
    reference: str | None = line(80)
    not_run_because: str | None = line(300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """How an obliterated or partial serial was examined (part IX). What was read stands in the gun's serial."""

    method: str | None = line(200)
    laboratory: str | None = line(120)
    examined_on: date | None = day()
    opinion_number: str | None = line(80)
    notes: str | None = prose(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else is known of the recovery, of what the form does not ask."""

    arrest_made: Known | None = code(Known)
    fingerprints_taken: Known | None = code(Known)
    ballistic_evidence_taken: Known | None = code(Known)
    gang_related: Known | None = code(Known)
    possession_prohibited: Known | None = code(Known)
