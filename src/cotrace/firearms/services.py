"""Describing guns and correcting the descriptions."""

from dataclasses import fields

from django.db import IntegrityError, transaction

from cotrace.audit.services import record
from cotrace.firearms.events import FirearmCorrected, FirearmDescribed
from cotrace.firearms.holding import CATEGORY, KIND, SEIZURE_KIND
from cotrace.firearms.models import Firearm
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.rules.description import FirearmValues, KnownCodes, tidied, value_problems
from cotrace.firearms.rules.serials import normal_serial
from cotrace.firearms.selectors import CALIBRES, MAKES, TYPES
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_label, codes_of
from cotrace.sharing.selectors.holdings import own_holding
from cotrace.sharing.services.holdings import holding_create, placing_following

_FIELDS = tuple(each.name for each in fields(FirearmValues))


def firearm_describe(principal: Principal, *, seizure: str, values: FirearmValues) -> str:
    """Describe a gun that was taken in a seizure of the principal's agency; return its number.

    It is seen by whoever sees the seizure, and no more. Raises NotFound for a seizure that is not
    one's own to see in full, Invalid with the fields at fault. Audit: firearm.described.
    Event: FirearmDescribed.
    """
    principal.require(FirearmPermission.DESCRIBE)
    checked = _checked(values)
    parent = own_holding(principal, number=seizure, kind=SEIZURE_KIND)
    with transaction.atomic():
        placing = placing_following(principal, leader=parent.id, kind=KIND, category=CATEGORY)
        _require_new_exhibit(principal, parent.id, checked.exhibit_number)
        row = Firearm(holding=holding_create(principal, placing=placing), owner=principal.agency)
        row.seizure, row.described_by, row.described_at = parent.id, principal.id, clock.now()
        _fill(row, checked)
        row.save(force_insert=True)
        record(principal, action="firearm.described", subject=row.holding_id, detail={"seizure": parent.id})
        publish(FirearmDescribed(firearm=row.holding_id, seizure=parent.id, owner=principal.agency))
    return row.holding_id


def firearm_correct(principal: Principal, *, number: str, values: FirearmValues) -> None:
    """Correct the description of a gun of one's agency; requests made from it keep what they said.

    Raises NotFound, Invalid. Audit: firearm.corrected, with the names of the changed fields.
    Event: FirearmCorrected.
    """
    principal.require(FirearmPermission.CORRECT)
    checked = _checked(values)
    visible = own_holding(principal, number=number, kind=KIND)
    with transaction.atomic():
        row = Firearm.objects.select_for_update().get(pk=visible.id)
        parent = own_holding(principal, number=row.seizure, kind=SEIZURE_KIND)
        if checked.exhibit_number != row.exhibit_number:
            _require_new_exhibit(principal, parent.id, checked.exhibit_number)
        before = {name: getattr(row, name) for name in _FIELDS}
        _fill(row, checked)
        row.corrected_at = clock.now()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise _exhibit_taken() from None
        changed = [name for name in _FIELDS if before[name] != getattr(row, name)]
        record(principal, action="firearm.corrected", subject=row.pk, detail={"changed": changed})
        publish(FirearmCorrected(firearm=row.pk, owner=principal.agency))


def _checked(values: FirearmValues) -> FirearmValues:
    known = KnownCodes(types=codes_of(TYPES), makes=codes_of(MAKES), calibres=codes_of(CALIBRES))
    tidy = tidied(values)
    problems = value_problems(tidy, known=known)
    if problems:
        raise Invalid("firearm_incomplete", fields=tuple(problems))
    return tidy


def _require_new_exhibit(principal: Principal, seizure: str, exhibit_number: str) -> None:
    same = Firearm.objects.filter(owner=principal.agency, seizure=seizure, exhibit_number=exhibit_number)
    if exhibit_number and same.exists():
        raise _exhibit_taken()


def _exhibit_taken() -> Invalid:
    return Invalid("firearm_incomplete", fields=(FieldProblem("exhibit_number", "exhibit_described_already"),))


def _fill(row: Firearm, values: FirearmValues) -> None:
    for name in _FIELDS:
        setattr(row, name, getattr(values, name))
    row.make = values.make or code_label(MAKES, code=values.make_code, language="en")[:100]
    row.calibre = values.calibre or code_label(CALIBRES, code=values.calibre_code, language="en")[:60]
    row.serial_normal = normal_serial(values.serial)
