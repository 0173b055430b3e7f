"""What this room shows on other rooms' pages: the guns described from a seizure."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.doors.furniture import Column, Row, Shown, Table
from cotrace.doors.panels import Panel, fill
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.reads import FirearmRead, GunsOfSeizure
from cotrace.firearms.selectors import TYPES, guns_of_seizure
from cotrace.firearms.sentences.labels import FIELDS, condition_shown, gun_name, not_shared, serial_shown
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_label


@fill("seizure.detail", name="firearms.guns")
def guns(principal: Principal, subject: str) -> Panel | None:
    """List the guns described from a seizure; nothing below the level at which they are listed."""
    if not principal.may(FirearmPermission.READ):
        return None
    found = guns_of_seizure(principal, seizure=subject)
    if found is None:
        return None
    is_owner = found.owner == principal.agency
    may_describe = is_owner and principal.may(FirearmPermission.DESCRIBE)
    context: dict[str, object] = {
        "table": _table(found) if found.guns else None,
        "is_owner": is_owner,
        "describe_url": reverse("firearms:describe", args=[found.seizure]) if may_describe else "",
    }
    return Panel("firearms/panels/guns.html", context)


def _table(found: GunsOfSeizure) -> Table:
    columns = (
        Column(label=FIELDS["exhibit_number"]),
        Column(label=FIELDS["type_code"]),
        Column(label=_("Make, model, calibre")),
        Column(label=FIELDS["serial"]),
        Column(label=FIELDS["serial_condition"]),
    )
    rows = tuple(_row(each) for each in found.guns)
    return Table(caption=_("Guns described from this seizure"), columns=columns, rows=rows, is_caption_hidden=True)


def _row(read: FirearmRead) -> Row:
    name = gun_name(
        make=read.make,
        model=read.model,
        calibre=read.calibre,
        is_privately_made=bool(read.is_privately_made),
    )
    cells: tuple[Shown, ...] = (
        not_shared() if read.exhibit_number is None else read.exhibit_number or _("no number"),
        code_label(TYPES, code=read.type_code, language=get_language() or "en") or None,
        name or None,
        serial_shown(read.serial, read.serial_condition),
        condition_shown(read.serial_condition),
    )
    return Row(cells=cells, url=reverse("firearms:detail", args=[read.number]))
