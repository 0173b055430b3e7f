"""A seizure in words for a terminal: labels instead of names of fields and of codes, numbers or why there is none.

A terminal has no database: codes get their labels from the tables that ship.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cotrace.doors.atoms import level_words
from cotrace.reference.imports import shipped_codes
from cotrace.reference.reads import CodeRead
from cotrace.seizures.rules.completeness import ITEMS
from cotrace.seizures.sentences.labels import FIELDS, reason_text


def state_words(code: str | None) -> str:
    """Return the name of a state of either country; the bare code where it is unknown."""
    return _label("us_state" if (code or "").isalpha() else "inegi_state", code)


def _label(table: str, code: str | None) -> str:
    found = _codes(table).get(code or "")
    return found.label(get_language() or "en") if found else code or ""


@cache
def _codes(table: str) -> dict[str, CodeRead]:
    return shipped_codes(table)


def seizure_facts(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a seizure discloses to its reader, label and value; what is empty or not shared is left out."""
    desk = found["liaison"] or {}
    facts: list[tuple[str, object]] = [
        (_("Number"), found["number"]),
        (_("Owner"), found["owner"]),
        (_("Your level"), level_words(found["level"])),
        (_("Liaison desk"), desk.get("liaison_name")),
        (_("Telephone"), desk.get("liaison_phone")),
        (_("E-mail"), desk.get("liaison_email")),
        (str(FIELDS["occurred_on"]), found["occurred_on"]),
        (str(FIELDS["state_code"]), state_words(found["state_code"])),
        (str(FIELDS["municipio_code"]), _label("inegi_municipio", found["municipio_code"])),
        (str(FIELDS["place"]), found["place"]),
        (_("Guns"), _guns(found)),
        (str(FIELDS["participants"]), "; ".join(_label("force", each) for each in found["participants"] or ())),
        *((str(FIELDS[item]), _amount((found["amounts"] or {}).get(item))) for item in ITEMS),
        (str(FIELDS["detained"]), _amount(found["detained"])),
        *((str(FIELDS[name]), found[name]) for name in ("notes", "tear_line")),
        (_("Seizure log it came from"), found["source_system"]),
        (str(FIELDS["source_ref"]), found["source_ref"]),
        (pgettext("moment", "Recorded"), (found["recorded_at"] or "")[:16].replace("T", " ")),
        (_("The most that others get"), level_words(found["cap"]) if found["cap"] else None),
        (_("Circle"), found["circle"]),
    ]
    yield from ((label, str(value)) for label, value in facts if value not in (None, ""))


def _guns(found: dict[str, Any]) -> str:
    """Say whether guns were taken, where the reader's level tells no number of them."""
    if found["amounts"] is not None or found["has_guns"] is None:
        return ""
    return _("Guns were taken") if found["has_guns"] else _("No guns were taken")


def _amount(found: dict[str, Any] | None) -> str:
    if found is None:
        return ""
    return str(found["quantity"]) if found["quantity"] is not None else str(reason_text(found["reason"]))
