"""Writing seizures: record one, correct one, decide who may see it, import many."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cotrace.audit.services import Detail, record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import FORCES, MUNICIPIOS, code_table, codes_of, states
from cotrace.seizures.events import SeizureRecorded
from cotrace.seizures.holding import CATEGORY, KIND
from cotrace.seizures.models import Participant, SeizedItem, Seizure
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.rules.completeness import ITEMS, SeizureValues, tidied, value_problems
from cotrace.seizures.rules.search import search_text
from cotrace.sharing.rules.levels import LISTED_FROM, Level
from cotrace.sharing.selectors.holdings import own_holding
from cotrace.sharing.services.holdings import Placing, holding_replace, holdings_create


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """The most others may see under an agreement, and the circle, if any, that may see it at all."""

    cap: Level = Level.FULL
    circle: str = ""


def _checked(entered: SeizureValues) -> SeizureValues:
    values = tidied(entered)
    problems = value_problems(
        values, today=clock.today(), states=frozenset(states()), municipios=codes_of(MUNICIPIOS)
    )
    forces = codes_of(FORCES)
    problems += [
        FieldProblem("participants", "force_unknown", (("code", code),))
        for code in values.participants
        if code not in forces
    ]
    if problems:
        raise Invalid("seizure_incomplete", fields=tuple(problems))
    return values


def seizure_record(
    principal: Principal, *, values: SeizureValues, visibility: Visibility | None = None
) -> str:
    """Record a seizure for the principal's agency; return its number.

    Raises Invalid with the fields at fault. Audit: seizure.recorded. Event: SeizureRecorded.
    """
    principal.require(SeizurePermission.RECORD)
    checked = _checked(values)
    with transaction.atomic():
        number = write_seizures(
            principal, values=[checked], visibility=visibility or Visibility()
        )[0]
        record(principal, action="seizure.recorded", subject=number)
        publish(SeizureRecorded(seizure=number, owner=principal.agency))
    return number


def write_seizures(
    principal: Principal, *, values: Sequence[SeizureValues], visibility: Visibility
) -> list[str]:
    """Write checked seizures in a few statements whatever their number; return their numbers."""
    placings = [
        Placing(
            kind=KIND,
            category=CATEGORY,
            sort_on=each.occurred_on or clock.today(),
            cap=visibility.cap,
            circle=visibility.circle,
        )
        for each in values
    ]
    holdings = holdings_create(principal, placings=placings)
    rows = [Seizure(holding=holding, owner=principal.agency) for holding in holdings]
    for row, each in zip(rows, values, strict=True):
        _fill(row, each)
    Seizure.objects.bulk_create(rows)
    _write_parts(list(zip(rows, values, strict=True)))
    return [holding.pk for holding in holdings]


def _fill(row: Seizure, values: SeizureValues) -> None:
    if values.occurred_on is not None:
        row.occurred_on = values.occurred_on
    row.state_code, row.municipio_code = values.state_code, values.municipio_code
    row.place, row.notes, row.tear_line = values.place, values.notes, values.tear_line
    row.detained, row.detained_reason = values.detained.quantity, values.detained.reason
    row.source_system, row.source_ref = values.source_system, values.source_ref
    row.has_guns = _has_guns(values)
    row.search_text = _search_text(values)


def _has_guns(values: SeizureValues) -> bool | None:
    guns = [values.amounts[item].quantity for item in ("long_guns", "short_guns") if item in values.amounts]
    known = [number for number in guns if number is not None]
    if any(known):
        return True
    return False if len(known) == 2 else None


def _search_text(values: SeizureValues) -> str:
    names: list[str] = [values.place, values.notes, values.source_ref]
    for table, code in ((states(), values.state_code), (code_table(MUNICIPIOS), values.municipio_code)):
        found = table.get(code)
        names += [found.label_en, found.label_es] if found else []
    forces = code_table(FORCES)
    names += [forces[code].label_es for code in values.participants if code in forces]
    return search_text(dict.fromkeys(names))


def _write_parts(filled: Sequence[tuple[Seizure, SeizureValues]]) -> None:
    SeizedItem.objects.bulk_create(
        SeizedItem(
            seizure=row,
            item=item,
            quantity=values.amounts[item].quantity,
            reason=values.amounts[item].reason,
        )
        for row, values in filled
        for item in ITEMS
        if item in values.amounts
    )
    Participant.objects.bulk_create(
        Participant(seizure=row, force=force)
        for row, values in filled
        for force in dict.fromkeys(values.participants)
    )


def _own(principal: Principal, number: str) -> Seizure:
    """Return a seizure of the principal's agency that it may change. Raises NotFound, Refused."""
    visible = own_holding(principal, number=number, kind=KIND)
    return Seizure.objects.select_for_update().select_related("holding").get(pk=visible.id)


def seizure_edit(principal: Principal, *, number: str, values: SeizureValues) -> None:
    """Correct a seizure of one's agency. Where it came from stays.

    Raises NotFound, Invalid. Audit: seizure.edited, with the names of the changed fields.
    """
    principal.require(SeizurePermission.EDIT)
    checked = _checked(values)
    with transaction.atomic():
        row = _own(principal, number)
        before = {**{name: getattr(row, name) for name in _EDITED}, **_parts_of(row)}
        source = row.source_system, row.source_ref
        _fill(row, checked)
        row.source_system, row.source_ref = source
        row.save()
        row.holding.sort_on = row.occurred_on
        row.holding.save(update_fields=["sort_on"])
        row.items.all().delete()
        row.participants.all().delete()
        _write_parts([(row, checked)])
        after = {**{name: getattr(row, name) for name in _EDITED}, **_parts_of(row)}
        changed = [name for name in after if before.get(name) != after[name]]
        record(principal, action="seizure.edited", subject=row.pk, detail={"changed": changed})


def _parts_of(row: Seizure) -> dict[str, object]:
    """Return what a seizure counts and who took part, read anew, by the name a log calls each."""
    counted = {each.item: (each.quantity, each.reason) for each in row.items.all()}
    return {**counted, "participants": sorted(each.force for each in row.participants.all())}


_EDITED = (
    "occurred_on",
    "state_code",
    "municipio_code",
    "place",
    "notes",
    "tear_line",
    "detained",
    "detained_reason",
)


def seizure_restrict(principal: Principal, *, number: str, visibility: Visibility) -> None:
    """Set the cap of what others may see, and the circle. Takes effect at once, for its guns and trace requests as well.

    Raises NotFound, Invalid. Audit: seizure.visibility_set.
    """
    principal.require(SeizurePermission.EDIT)
    if visibility.cap not in (Level.NOTHING, *[level for level in Level if level >= LISTED_FROM]):
        raise Invalid("seizure_incomplete", fields=(FieldProblem("cap", "cap_unknown"),))
    with transaction.atomic():
        row = _own(principal, number)
        followers = holding_replace(principal, number=row.pk, cap=visibility.cap, circle=visibility.circle)
        detail: Detail = {"cap": int(visibility.cap), "circle": visibility.circle, "followers": followers}
        record(principal, action="seizure.visibility_set", subject=row.pk, detail=detail)
