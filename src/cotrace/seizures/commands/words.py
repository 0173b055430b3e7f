"""A seizure in words for a terminal: labels instead of names of fields, numbers or why there is none."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.seizures.rules.completeness import ITEMS
from cotrace.seizures.sentences.labels import FIELDS, reason_text

LABEL_WIDTH = 26


def seizure_facts(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a seizure discloses to its reader, label and value; what is empty or not shared is left out."""
    desk = found["liaison"] or {}
    facts: list[tuple[str, object]] = [
        (_("Number"), found["number"]),
        (_("Owner"), found["owner"]),
        (_("Your level"), found["level"]),
        (_("Liaison desk"), desk.get("liaison_name")),
        (_("Telephone"), desk.get("liaison_phone")),
        (_("E-mail"), desk.get("liaison_email")),
        *((str(FIELDS[name]), found[name]) for name in ("occurred_on", "state_code", "municipio_code", "place")),
        (_("Guns"), _guns(found)),
        (str(FIELDS["participants"]), "; ".join(found["participants"] or ())),
        *((str(FIELDS[item]), _amount((found["amounts"] or {}).get(item))) for item in ITEMS),
        (str(FIELDS["detained"]), _amount(found["detained"])),
        *((str(FIELDS[name]), found[name]) for name in ("notes", "tear_line")),
        (_("Seizure log it came from"), found["source_system"]),
        (str(FIELDS["source_ref"]), found["source_ref"]),
        (pgettext("moment", "Recorded"), (found["recorded_at"] or "")[:16].replace("T", " ")),
        (_("The most that others get"), found["cap"]),
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
