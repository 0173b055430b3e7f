"""What a seizure counts, why a number is missing, and what the fields of a log are called.

Texts are lazy: they are in the reader's language when they are drawn.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.files.rules.problems import Code
from cotrace.files.rules.words import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ITEMS: Mapping[str, "_StrPromise"] = {
    "long_guns": _("Long guns"),
    "short_guns": _("Short guns"),
    "magazines": _("Magazines"),
    "rounds": _("Rounds"),
    "vehicles": _("Vehicles"),
}

FIELDS: Mapping[str, "_StrPromise"] = {
    "occurred_on": _("Date"),
    "state_code": pgettext_lazy("part of a country", "State"),
    "municipio_code": _("Municipality"),
    "place": _("Place"),
    "participants": _("Forces that took part"),
    **ITEMS,
    "detained": _("Persons detained"),
    "notes": _("Notes"),
    "tear_line": _("Tear-line"),
    "source_ref": _("Reference in the source"),
    "series": _("Series"),
    "other_items": _("Other items"),
}

REASONS: Mapping[str, "_StrPromise"] = {
    Reason.BLANK: _("left blank"),
    Reason.NOT_APPLICABLE: _("not applicable"),
    Reason.NO_INFORMATION: _("the source has no information"),
    Reason.UNDETERMINED: _("the source could not determine it"),
    Reason.COLUMN_MISSING: _("no such column in the file"),
    Reason.COMPANION_MISSING: _("sister file not given"),
    Reason.COMPANION_ROW_MISSING: _("not in the sister file"),
    Reason.UNREADABLE: _("unreadable in the file"),
    Reason.PARENT_MISSING: _("depends on a value that is missing"),
}
"""Why a number is missing, in the words that stand behind "not recorded"."""

ENTERED_REASONS: Mapping[str, "_StrPromise"] = {
    Reason.BLANK: _("Not recorded"),
    Reason.NO_INFORMATION: _("No information"),
    Reason.UNDETERMINED: _("Undetermined"),
    Reason.NOT_APPLICABLE: _("Not applicable"),
}
"""What a person who records a seizure can say in place of a number."""


PROBLEMS: Mapping[str, "_StrPromise"] = {
    Code.FORMULA: _("a formula stands in place of a value"),
    Code.CELL_ERROR: _("the cell shows an error of the spreadsheet"),
    Code.REQUIRED_MISSING: _("a value that is needed is missing"),
    Code.NOT_A_NUMBER: _("not a number"),
    Code.NOT_WHOLE: _("not a whole number"),
    Code.NEGATIVE: _("below zero"),
    Code.TOO_LARGE: _("too large to be true"),
    Code.TOO_LONG: _("text too long"),
    Code.CONTROL_CHARACTERS: _("control characters in a text"),
    Code.DATE_AMBIGUOUS: _("a date that can be read as more than one day"),
    Code.DATE_IMPOSSIBLE: _("no day of the calendar"),
    Code.DATE_IMPLAUSIBLE: _("a date before 1900"),
    Code.DATE_IN_FUTURE: _("a date that has not come yet"),
    Code.DATE_INCOMPLETE: _("part of a date is missing"),
    Code.DATE_UNREADABLE: _("not a date"),
    Code.CODE_MALFORMED: _("a code of the wrong form"),
    Code.CODE_UNKNOWN: _("a code that is not in its list"),
    Code.CODE_MISMATCH: _("two codes of a row that do not belong together"),
    Code.ROW_REPEATED: _("a row that says the same as an earlier one"),
    Code.ROW_CONFLICTS: _("a row with the identity of an earlier one that says something else"),
    Code.ROW_TOO_WIDE: _("more cells than columns"),
    Code.ROW_TOO_SHORT: _("a row that ends too early"),
    Code.CELL_WITHOUT_HEADER: _("a value in a column without a heading"),
}
"""What kinds of problem a row can have, for a count of them."""


def problem_text(code: str) -> "str | _StrPromise":
    """Return a kind of problem in a few words; the bare code where it is unknown."""
    return PROBLEMS.get(code, code)


def reason_text(reason: str) -> "str | _StrPromise":
    """Return why a number is missing; the bare code where it is unknown."""
    return REASONS.get(reason, reason)


def field_text(field: str) -> "str | _StrPromise":
    """Return what a field of a log is called; the bare name where it is unknown."""
    return FIELDS.get(field, field)
