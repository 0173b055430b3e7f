"""Keeping the register: which centres there are, and whom a centre can ask."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from cotrace.agencies.selectors import agency_contact
from cotrace.audit.services import Detail, record
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import INSTALLATION_ID, Principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.models import Inquiry, LicenseeEntry, LicenseeName, TracingCentre
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.ffl_numbers import ffl_problem
from cotrace.tracing.rules.gun import LICENCE, licence_key, normal_make
from cotrace.tracing.rules.trace_view import Role
from cotrace.tracing.services.walk import tries_resume

MOST_KEYS = 2
HOLD_CHARACTERS_MIN = 10
NEW_ENTRY = 0
CENTRE_LENGTHS = {"agency": 24, "call_back": 40, "installation": 63}
LENGTHS = {"name": 120, "address": 300, "phone": 40, "url": 200, "ca_file": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseeValues:
    """A licensee as the centre enters it. `names`: what its guns are marked with, besides its name.

    `hold_reason`: why a contact hold is set; of no account where one stands already, or none is set.
    """

    number: str
    name: str
    role: Role
    names: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    url: str = ""
    keys: tuple[str, ...] = field(default_factory=tuple)
    reach: Reach = Reach.PUBLIC
    ca_file: str = ""
    is_open: bool = True
    successor: str = ""
    is_held: bool = False
    hold_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreValues:
    """A tracing centre; `installation` is empty where it works here, otherwise a peer's code."""

    agency: str
    call_back: str
    installation: str = ""
    is_default: bool = False


def centre_put(principal: Principal, *, centre: CentreValues) -> None:
    """Name an agency as a tracing centre, or change what is published of it. The operator's act.

    Raises Denied; Invalid with the fields at fault, also for a centre here that is no agency of this installation.
    Audit: trace.centre_put.
    """
    if principal.id != INSTALLATION_ID:
        raise Denied
    problems = _centre_problems(centre)
    if problems:
        raise Invalid("centre_incomplete", fields=tuple(problems))
    with transaction.atomic():
        if centre.is_default:
            TracingCentre.objects.exclude(pk=centre.agency).update(is_default=False)
        TracingCentre.objects.update_or_create(
            agency=centre.agency,
            defaults={
                "installation": centre.installation,
                "call_back": centre.call_back,
                "is_default": centre.is_default,
            },
        )
        record(principal, action="trace.centre_put", subject=centre.agency)


def _centre_problems(centre: CentreValues) -> list[FieldProblem]:
    found = [FieldProblem(name, "required") for name in ("agency", "call_back") if not getattr(centre, name).strip()]
    found += [
        FieldProblem(name, "text_too_long", (("longest", longest),))
        for name, longest in CENTRE_LENGTHS.items()
        if len(getattr(centre, name)) > longest
    ]
    if not centre.installation and centre.agency and agency_contact(centre.agency) is None:
        found.append(FieldProblem("agency", "centre_no_agency_here"))
    if centre.installation.casefold() == settings.COTRACE_INSTALLATION.casefold():
        found.append(FieldProblem("installation", "centre_installation_is_this"))
    return found


def licensee_put(principal: Principal, *, values: LicenseeValues, version: int = NEW_ENTRY) -> None:
    """Enter a licensee in the centre's register, or change its entry; the licence number names it.

    `version` is that of the entry as it was read, `NEW_ENTRY` where the register had none. Setting or lifting its
    contact hold needs the permission for holds, setting it a reason too. Raises Invalid with the fields at fault,
    Refused where somebody entered or changed it meanwhile. Audit: trace.licensee_put, with the names of the changed
    fields and the reason of a hold.
    """
    principal.require(TracePermission.REGISTER)
    problems = _problems(values, is_new=version == NEW_ENTRY)
    if problems:
        raise Invalid("licensee_incomplete", fields=tuple(problems))
    with transaction.atomic():
        key = licence_key(values.number)
        row = LicenseeEntry.objects.select_for_update().filter(owner=principal.agency, number_key=key).first()
        if version != (row.version if row else NEW_ENTRY):
            raise Refused("licensee_changed")
        entry = row or LicenseeEntry(owner=principal.agency, number_key=key)
        is_hold_changed = values.is_held != entry.is_held
        if is_hold_changed:
            principal.require(TracePermission.HOLD)
            _hold(principal, entry, is_held=values.is_held, reason=values.hold_reason)
        changed = _fill(entry, values)
        entry.version, entry.changed_at = version + 1, clock.now()
        _save(entry)
        _write_names(entry, values)
        reason = {"reason": entry.hold_reason} if is_hold_changed and entry.is_held else {}
        detail: Detail = {"changed": changed, **reason}
        record(principal, action="trace.licensee_put", subject=values.number, detail=detail)


def licensee_hold(principal: Principal, *, number: str, is_held: bool, reason: str = "") -> None:
    """Set the contact hold on a licensee, with a reason, or lift it.

    Raises NotFound, Invalid for a reason under 10 characters. Audit: trace.licensee_hold_set with the reason, _lifted.
    """
    principal.require(TracePermission.HOLD)
    with transaction.atomic():
        rows = LicenseeEntry.objects.select_for_update()
        row = rows.filter(owner=principal.agency, number_key=licence_key(number)).first()
        if row is None:
            raise NotFound
        _hold(principal, row, is_held=is_held, reason=reason)
        row.is_held, row.changed_at = is_held, clock.now()
        row.version += 1
        row.save()
        if is_held:
            detail = {"reason": row.hold_reason}
            record(principal, action="trace.licensee_hold_set", subject=row.number, detail=detail)
        else:
            record(principal, action="trace.licensee_hold_lifted", subject=row.number)
            tries_resume(Inquiry.objects.filter(trace__owner=principal.agency, licensee=row.number))


def _hold(principal: Principal, entry: LicenseeEntry, *, is_held: bool, reason: str) -> None:
    """Note why a contact hold is set, by whom and when; where it is lifted, nothing of it stays but the log."""
    if not is_held:
        entry.hold_reason, entry.held_by, entry.held_at = "", "", None
        return
    if len(reason.strip()) < HOLD_CHARACTERS_MIN:
        problem = FieldProblem("hold_reason", "reason_too_short", (("minimum", HOLD_CHARACTERS_MIN),))
        raise Invalid("hold_reason_missing", fields=(problem,))
    entry.hold_reason, entry.held_by, entry.held_at = reason.strip(), principal.id, clock.now()


def _save(entry: LicenseeEntry) -> None:
    """Save an entry; of two that enter the same number at the same moment, the second is refused."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise Refused("licensee_changed") from error


def _problems(values: LicenseeValues, *, is_new: bool) -> list[FieldProblem]:
    found = [
        FieldProblem(name, "text_too_long", (("longest", longest),))
        for name, longest in LENGTHS.items()
        if len(getattr(values, name)) > longest
    ]
    if not LICENCE.fullmatch(values.number):
        found.append(FieldProblem("number", "licence_number_wrong"))
    elif is_new and (wrong := ffl_problem(values.number)):
        found.append(FieldProblem("number", wrong))
    if not values.name.strip():
        found.append(FieldProblem("name", "required"))
    if values.successor and not LICENCE.fullmatch(values.successor):
        found.append(FieldProblem("successor", "licence_number_wrong"))
    if len(values.keys) > MOST_KEYS or any(parse_public_key(text) is None for text in values.keys):
        found.append(FieldProblem("keys", "connector_keys_wrong", (("most", MOST_KEYS),)))
    if bool(values.url) != bool(values.keys):
        found.append(FieldProblem("keys" if values.url else "url", "required"))
    if values.url and not _is_address(values.url, values.reach):
        found.append(FieldProblem("url", "connector_address_refused"))
    return found


def _is_address(url: str, reach: Reach) -> bool:
    """Tell whether an address has a form that may be dialled; where it leads is checked at each call."""
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_scheme_allowed = parts.scheme == "https" or (parts.scheme == "http" and reach is Reach.LOOPBACK)
    is_bare = not (parts.username or parts.password or parts.query or parts.fragment)
    return bool(is_scheme_allowed and parts.hostname and is_bare and has_port)


def _fill(entry: LicenseeEntry, values: LicenseeValues) -> list[str]:
    """Write the values into the row; return the names of those that changed."""
    changed = []
    plain: dict[str, object] = {name: getattr(values, name) for name in _FIELDS}
    plain |= {"keys": list(values.keys), "role": values.role.value, "reach": values.reach.value}
    for name, value in plain.items():
        if getattr(entry, name) != value:
            setattr(entry, name, value)
            changed.append(name)
    return sorted(changed)


_FIELDS = ("number", "name", "address", "phone", "url", "ca_file", "is_open", "successor", "is_held")


def _write_names(entry: LicenseeEntry, values: LicenseeValues) -> None:
    by_normal = {normal_make(name): name.strip() for name in (*values.names, values.name) if normal_make(name)}
    entry.names.exclude(normal__in=by_normal).delete()
    known = set(entry.names.values_list("normal", flat=True))
    LicenseeName.objects.bulk_create(
        LicenseeName(entry=entry, name=name[:120], normal=normal[:120])
        for normal, name in sorted(by_normal.items())
        if normal not in known
    )
