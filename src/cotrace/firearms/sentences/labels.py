"""What the fields of a gun are called and what their codes say, in the reader's language when they are drawn."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cotrace.doors.furniture import Absent, Serial, Shown
from cotrace.firearms.rules.serials import READABLE, ImporterMark, SerialCondition

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIELDS: Mapping[str, "_StrPromise"] = {
    "type_code": gettext_lazy("Kind of gun"),
    "make": pgettext_lazy("of a gun", "Make"),
    "make_code": gettext_lazy("NCIC code of the make"),
    "model": pgettext_lazy("of a gun", "Model"),
    "calibre": gettext_lazy("Calibre"),
    "calibre_code": gettext_lazy("NCIC code of the calibre"),
    "serial": gettext_lazy("Serial number"),
    "serial_condition": gettext_lazy("Condition of the serial number"),
    "importer": gettext_lazy("Importer"),
    "importer_mark": gettext_lazy("Importer's mark"),
    "country_of_origin": gettext_lazy("Country of origin"),
    "is_privately_made": gettext_lazy("Privately made"),
    "exhibit_number": gettext_lazy("Exhibit number"),
    "markings": gettext_lazy("Other markings"),
}

CONDITIONS: Mapping[str, "_StrPromise"] = {
    SerialCondition.READ: gettext_lazy("Read whole"),
    SerialCondition.PARTIAL: gettext_lazy("Read in part"),
    SerialCondition.OBLITERATED: gettext_lazy("Obliterated"),
    SerialCondition.NONE: gettext_lazy("The gun carries none"),
}

IMPORTER_MARKS: Mapping[str, "_StrPromise"] = {
    ImporterMark.MARKED: gettext_lazy("Found on the gun"),
    ImporterMark.ABSENT: gettext_lazy("Looked for, not found"),
    ImporterMark.NOT_EXAMINED: gettext_lazy("Not looked for yet"),
}


def not_shared() -> str:
    """Return what stands where the reader's level discloses nothing."""
    return _("not shared")


def gun_name(*, make: str | None, model: str | None, calibre: str | None, is_privately_made: bool) -> str:
    """Return a gun in a few words: make and model, then its calibre; empty where nothing is known."""
    what = " ".join(word for word in (make, model) if word)
    if not what and is_privately_made:
        what = _("Privately made gun")
    if what and calibre:
        return pgettext("a gun and its calibre", "%(gun)s, %(calibre)s") % {"gun": what, "calibre": calibre}
    return what or calibre or ""


def serial_shown(serial: str | None, condition: SerialCondition | None) -> Shown:
    """Return a serial; why there is none; or that the reader's level does not disclose it."""
    if serial is None:
        return not_shared()
    if serial:
        return Serial(text=serial)
    if condition in READABLE or condition is None:
        return Absent()
    return Absent(reason=_("none can be read") if condition is SerialCondition.OBLITERATED else _("none on the gun"))


def condition_shown(condition: SerialCondition | None) -> Shown:
    """Return how much of a serial was read."""
    return not_shared() if condition is None else CONDITIONS[condition]
