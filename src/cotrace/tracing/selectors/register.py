"""Reading the register: licensees for the centre's people, centres for everybody."""

from collections.abc import Iterable

from django.db.models import Q

from cotrace.foundation.errors import Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.models import LicenseeEntry, TracingCentre
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.register import CentreRead, LicenseePage, LicenseeRead
from cotrace.tracing.rules.connector_register import Connector, Reach
from cotrace.tracing.rules.gun import licence_key, normal_make
from cotrace.tracing.rules.trace_view import KnownLicensee, Role

PAGE_SIZE = 50
SHORTEST_STEM = 3
MOST_CANDIDATES = 20
MOST_OFFERED = 300


def centre_list(principal: Principal) -> tuple[CentreRead, ...]:
    """Return the tracing centres that requests can go to, the default one first. They are published."""
    del principal
    rows = TracingCentre.objects.order_by("-is_default", "agency")
    return tuple(_centre(row) for row in rows)


def centre_named(principal: Principal, *, agency: str) -> CentreRead:
    """Return the centre of that agency, the default one for an empty code. Raises Invalid centre_unknown."""
    for each in centre_list(principal):
        if each.agency == agency or (not agency and each.is_default):
            return each
    raise Invalid("centre_unknown")


def own_centre(principal: Principal) -> CentreRead:
    """Return the centre that the principal's agency runs here. Raises NotFound where it runs none."""
    row = TracingCentre.objects.filter(pk=principal.agency, installation="").first()
    if row is None:
        raise NotFound
    return _centre(row)


def is_centre(principal: Principal) -> bool:
    """Tell whether the principal's agency runs a tracing centre here."""
    return TracingCentre.objects.filter(pk=principal.agency, installation="").exists()


def licensee_list(principal: Principal, *, at: str = "", text: str = "") -> LicenseePage:
    """Return one page of the centre's register by licence number; `text` is part of a number or name."""
    principal.require(TracePermission.WORK)
    rows = LicenseeEntry.objects.filter(owner=principal.agency, number_key__gt=at)
    if text.strip():
        rows = rows.filter(
            Q(number_key__contains=licence_key(text) or text) | Q(name__icontains=text.strip())
        ).distinct()
    found = list(rows.order_by("number_key").prefetch_related("names")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    later = page[-1].number_key if len(found) > PAGE_SIZE else ""
    return LicenseePage(rows=tuple(_licensee(row) for row in page), later=later)


def licensees_offered(principal: Principal) -> tuple[tuple[str, str], ...]:
    """Return number and name of every licensee of the centre's register, by name; none of a register too long to look through."""
    principal.require(TracePermission.WORK)
    rows = LicenseeEntry.objects.filter(owner=principal.agency).order_by("name", "number_key")
    found = tuple(rows.values_list("number", "name")[: MOST_OFFERED + 1])
    return found if len(found) <= MOST_OFFERED else ()


def licensee_get(principal: Principal, *, number: str) -> LicenseeRead:
    """Return one licensee of the centre's register. Raises NotFound."""
    principal.require(TracePermission.WORK)
    rows = LicenseeEntry.objects.filter(owner=principal.agency, number_key=licence_key(number))
    row = rows.prefetch_related("names").first()
    if row is None:
        raise NotFound
    return _licensee(row)


def licensees_named(principal: Principal, *, name: str, role: Role) -> tuple[KnownLicensee, ...]:
    """Return the register's candidates for a maker's or importer's name as marked on a gun.

    Entries of exactly this name, where there are any; otherwise those whose name begins with it or
    with whose name it begins (Glock, Glock GmbH), at most 20.
    """
    normal = normal_make(name)
    rows = LicenseeEntry.objects.filter(owner=principal.agency, role=role)
    if not normal:
        return ()
    exact = rows.filter(names__normal=normal)
    if not exact.exists() and len(normal) >= SHORTEST_STEM:
        stems = [normal[:length] for length in range(SHORTEST_STEM, len(normal))]
        exact = rows.filter(Q(names__normal__startswith=normal) | Q(names__normal__in=stems))
    found = exact.order_by("number_key").distinct()[:MOST_CANDIDATES]
    return tuple(_known(row) for row in found)


def licensees_known(principal: Principal, *, numbers: Iterable[str]) -> tuple[KnownLicensee, ...]:
    """Return register entries by licence number, and their successors however far."""
    found: dict[str, KnownLicensee] = {}
    wanted = {licence_key(number) for number in numbers}
    while wanted := wanted - set(found):
        rows = LicenseeEntry.objects.filter(owner=principal.agency, number_key__in=wanted)
        fresh = {row.number_key: _known(row) for row in rows}
        if not fresh:
            break
        found |= fresh
        wanted = {licence_key(each.successor) for each in fresh.values() if each.successor}
    return tuple(found[key] for key in sorted(found))


def connector_of(principal: Principal, *, number: str) -> Connector | None:
    """Return how to reach a licensee's connector, None where it has none or no usable key."""
    row = LicenseeEntry.objects.filter(owner=principal.agency, number_key=licence_key(number)).first()
    if row is None or not row.url:
        return None
    keys = tuple(key for text in row.keys if (key := parse_public_key(text)) is not None)
    if not keys:
        return None
    return Connector(
        licensee=row.number, url=row.url, keys=keys, reach=Reach(row.reach), ca_file=row.ca_file or None
    )


def _centre(row: TracingCentre) -> CentreRead:
    return CentreRead(
        agency=row.agency, installation=row.installation, call_back=row.call_back, is_default=row.is_default
    )


def _known(row: LicenseeEntry) -> KnownLicensee:
    return KnownLicensee(
        number=row.number,
        name=row.name,
        role=Role(row.role),
        is_open=row.is_open,
        successor=row.successor or None,
        is_held=row.is_held,
    )


def _licensee(row: LicenseeEntry) -> LicenseeRead:
    return LicenseeRead(
        number=row.number,
        name=row.name,
        role=Role(row.role),
        names=tuple(sorted(each.name for each in row.names.all())),
        address=row.address,
        phone=row.phone,
        url=row.url,
        keys=tuple(row.keys),
        reach=Reach(row.reach),
        ca_file=row.ca_file,
        is_open=row.is_open,
        successor=row.successor,
        is_held=row.is_held,
        hold_reason=row.hold_reason,
        held_by=row.held_by,
        held_at=row.held_at,
        version=row.version,
        changed_at=row.changed_at,
    )
