"""Who in an agency holds a permission: for notices, by id."""

from cotrace.agencies.models import MemberRole
from cotrace.foundation import clock


def members_with(permission: str, *, agency: str) -> list[str]:
    """Return the ids of an agency's active members whose roles hold a permission, sorted."""
    held = MemberRole.objects.filter(
        role__permissions__permission=permission, member__agency_id=agency, member__is_active=True
    ).exclude(ends_on__lt=clock.today())
    return sorted({str(each) for each in held.values_list("member_id", flat=True)})
