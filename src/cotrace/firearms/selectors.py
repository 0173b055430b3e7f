"""Reading described guns, through the seizure they were taken in."""

from cotrace.agencies.reads import AgencyContact
from cotrace.agencies.selectors import agency_contact
from cotrace.firearms.holding import KIND, SEIZURE_KIND
from cotrace.firearms.models import Firearm
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.reads import FirearmRead, GunsOfSeizure
from cotrace.firearms.rules.disclosure import FIELD_LEVELS, LISTED_AT, discloses
from cotrace.firearms.rules.exhibits import exhibit_order
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_table
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get, own_holding
from cotrace.sharing.selectors.scope import scope_of
from cotrace.sharing.services.looks import look_record, looks_record

MAKES, CALIBRES, TYPES = "ncic_make", "ncic_calibre", "ncic_type"


def firearm_get(principal: Principal, *, number: str) -> FirearmRead:
    """Return one gun at the lower of its own level and its seizure's; the look is on record first.

    Raises NotFound where either is absent or invisible. Audit: firearm.opened.
    """
    principal.require(FirearmPermission.READ)
    visible = holding_get(principal, number=number, kind=KIND)
    look_record(principal, action="firearm.opened", visible=visible)
    row = Firearm.objects.get(pk=visible.id)
    return _read(row, visible.level, _liaison(principal, visible.owner))


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
    liaison = _liaison(principal, parent.owner)
    guns = list(rows.order_by("pk"))
    found = [_read(row, scope.level(row.holding.shelf_id), liaison) for row in guns]
    # what a level does not disclose does not order the list either
    found.sort(key=lambda read: exhibit_order(read.exhibit_number or ""))
    looks_record(
        principal,
        action="firearm.listed",
        shown=[(read.number, read.owner) for read in found],
        opened=[row.pk for row in guns if scope.is_emergency(row.holding.shelf_id)],
    )
    return tuple(found)


def guns_of_seizure(principal: Principal, *, seizure: str) -> GunsOfSeizure | None:
    """Return the guns described from a seizure, None where the principal's level does not list them.

    Raises NotFound where the seizure is absent or invisible. Audit: firearm.listed, with the numbers.
    """
    parent = holding_get(principal, number=seizure, kind=SEIZURE_KIND)
    if parent.level < LISTED_AT:
        return None
    return GunsOfSeizure(
        seizure=parent.id, owner=parent.owner, guns=firearm_list(principal, seizure=parent.id)
    )


def own_seizure(principal: Principal, *, seizure: str) -> str:
    """Return the number of a seizure in which the principal may describe guns: its agency's, seen in full.

    Raises NotFound for every other.
    """
    return own_holding(principal, number=seizure, kind=SEIZURE_KIND).id


def make_name(code: str) -> str:
    """Return the name of an NCIC make, empty where the table does not know it. The table is public."""
    found = code_table(MAKES).get(code)
    return found.label_en if found else ""


def own_firearm(principal: Principal, *, number: str) -> FirearmRead:
    """Return a gun of the principal's own agency, whole, for an act that records itself. Raises NotFound."""
    visible = holding_get(principal, number=number, kind=KIND)
    if visible.owner != principal.agency or visible.level < Level.FULL:
        raise NotFound
    return _read(Firearm.objects.get(pk=visible.id), Level.FULL, None)


def _liaison(principal: Principal, owner: str) -> AgencyContact | None:
    """Return whom to call about another agency's gun."""
    return agency_contact(owner) if owner != principal.agency else None


def _read(row: Firearm, level: Level, liaison: AgencyContact | None) -> FirearmRead:
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
        liaison=liaison,
        level=level,
        **shown,  # type: ignore[arg-type]
    )
