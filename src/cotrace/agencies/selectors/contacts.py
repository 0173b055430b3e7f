"""What agencies published of themselves."""

from cotrace.agencies.models import Agency
from cotrace.agencies.reads import AgencyContact


def agency_contact(code: str) -> AgencyContact | None:
    """Return what an agency published of itself, None where it is unknown here."""
    row = Agency.objects.filter(pk=code).first()
    return contact_of(row) if row else None


def agency_contacts() -> list[AgencyContact]:
    """Return every active agency's published contact, by code."""
    return [contact_of(row) for row in Agency.objects.filter(is_active=True).order_by("code")]


def contact_of(row: Agency) -> AgencyContact:
    """Return the published part of an agency's row, for selectors of this room."""
    return AgencyContact(
        code=row.code,
        name_en=row.name_en,
        name_es=row.name_es,
        country=row.country,
        participant=row.participant,
        liaison_name=row.liaison_name,
        liaison_phone=row.liaison_phone,
        liaison_email=row.liaison_email,
    )
