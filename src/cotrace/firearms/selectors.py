"""Reading described guns, through the seizure they were taken in."""

from cotrace.agencies.selectors import agency_contact
from cotrace.audit.services import record_disclosure, record_listing
from cotrace.firearms.holding import KIND, SEIZURE_KIND
from cotrace.firearms.models import Firearm
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.disclosure import FIELD_LEVELS, LISTED_AT, discloses
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_table
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.sharing.selectors.scope import scope_of

MAKES, CALIBRES, TYPES = "ncic_make", "ncic_calibre", "ncic_type"


def firearm_get(principal: Principal, *, number: str) -> FirearmRead:
    """Return one gun at the lower of its own level and its seizure's; the look is on record first.

    Raises NotFound where either is absent or invisible. Audit: firearm.opened.
    """
    principal.require(FirearmPermission.READ)
    visible = holding_get(principal, number=number, kind=KIND)
    row = Firearm.objects.get(pk=visible.id)
    parent = holding_get(principal, number=row.seizure, kind=SEIZURE_KIND)
    record_disclosure(principal, action="firearm.opened", subject=visible.id, owner=visible.owner)
    return _read(row, min(visible.level, parent.level))


def firearm_list(principal: Principal, *, seizure: str) -> tuple[FirearmRead, ...]:
    """Return the guns of a seizure that the principal sees in full, in the order of their exhibit numbers.

    Empty for a seizure seen at less: how many guns it brought is not disclosed there.
    Raises NotFound where the seizure is absent or invisible. Audit: firearm.listed, with the numbers.
    """
    principal.require(FirearmPermission.READ)
    parent = holding_get(principal, number=seizure, kind=SEIZURE_KIND)
    if parent.level < LISTED_AT:
        return ()
    scope = scope_of(principal, kind=KIND)
    rows = Firearm.objects.filter(
        owner=parent.owner, seizure=parent.id, holding__shelf_id__in=scope.shelves(Level.TEAR_LINE)
    ).select_related("holding")
    found = [(row, scope.level(row.holding.shelf_id)) for row in rows.order_by("exhibit_number", "pk")]
    record_listing(principal, action="firearm.listed", shown=[(row.pk, row.owner) for row, _ in found])
    return tuple(_read(row, level) for row, level in found)


def make_name(code: str) -> str:
    """Return the name of an NCIC make, empty where the table does not know it. The table is public."""
    found = code_table(MAKES).get(code)
    return found.label_en if found else ""


def own_firearm(principal: Principal, *, number: str) -> FirearmRead:
    """Return a gun of the principal's own agency, whole, for an act that records itself. Raises NotFound."""
    visible = holding_get(principal, number=number, kind=KIND)
    row = Firearm.objects.get(pk=visible.id)
    parent = holding_get(principal, number=row.seizure, kind=SEIZURE_KIND)
    if visible.owner != principal.agency or min(visible.level, parent.level) < Level.FULL:
        raise NotFound
    return _read(row, Level.FULL)


def _read(row: Firearm, level: Level) -> FirearmRead:
    """Return a gun cut to `level` by the disclosure table."""
    inside = {"number", "owner", "liaison"}
    shown: dict[str, object] = {
        field: getattr(row, field) for field in FIELD_LEVELS if field not in inside and discloses(level, field)
    }
    if "serial_condition" in shown:
        shown["serial_condition"] = SerialCondition(row.serial_condition)
    if "importer_mark" in shown:
        shown["importer_mark"] = ImporterMark(row.importer_mark)
    return FirearmRead(
        number=row.pk,
        owner=row.owner,
        liaison=agency_contact(row.owner) if level < Level.FULL else None,
        level=level,
        **shown,  # type: ignore[arg-type]
    )
