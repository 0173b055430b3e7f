"""Looking a licensee up in ATF's published list, by its licence number and by nothing else."""

from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.tracing.models import PublishedLicensee, PublishedList
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.published import PublishedRead
from cotrace.tracing.rules.ffl_numbers import FflNumber, parse_ffl, role_of_type, short_of
from cotrace.tracing.rules.published_rows import month_of


def published_get(principal: Principal, *, number: str) -> PublishedRead:
    """Return what the list says of a licence number, whole or abbreviated. Raises NotFound, also for another form.

    A licensee whose county, type or expiry changed is found by its old number too.
    """
    principal.require(TracePermission.WORK)
    short = short_of(number)
    row = PublishedLicensee.objects.filter(pk=short.key).first() if short else None
    if row is None:
        raise NotFound
    return _published(row)


def published_or_none(principal: Principal, *, number: str) -> PublishedRead | None:
    """Return what the list says of a licence number, None where it says nothing."""
    try:
        return published_get(principal, number=number)
    except NotFound:
        return None


def _published(row: PublishedLicensee) -> PublishedRead:
    number = parse_ffl(row.number)
    assert isinstance(number, FflNumber)  # noqa: S101 (narrows the type: no other number is loaded)
    newest = _newest_covering(row.state)
    year, month = number.expires(seen_on=month_of(row.edition))
    return PublishedRead(
        number=row.number,
        short_number=number.short.text,
        licence_type=row.licence_type,
        expires=f"{year}-{month:02}",
        licence_name=row.licence_name,
        business_name=row.business_name,
        street=row.street,
        city=row.city,
        state=row.state,
        zip_code=row.zip_code,
        phone=_dialled(row.phone),
        role=role_of_type(row.licence_type),
        edition=row.edition,
        newest_edition=max(newest, row.edition),
        is_listed=newest <= row.edition,
        loaded_at=row.loaded_at,
    )


def _newest_covering(state: str) -> str:
    """Return the newest edition of which a file lists a state in full; empty where none does."""
    loaded = PublishedList.objects.order_by("-edition").values_list("edition", "states")
    return next((edition for edition, states in loaded if state in states), "")


def _dialled(phone: str) -> str:
    """Return ten digits as a number that can be dialled from abroad; empty stays empty."""
    return f"+1 {phone[:3]} {phone[3:6]} {phone[6:]}" if phone else ""
