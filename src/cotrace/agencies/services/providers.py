"""Entering through an OpenID Connect provider: members who exist, by a verified e-mail address, and nobody else."""

from collections.abc import Iterable

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from cotrace.agencies.models import Member
from cotrace.agencies.services.sign_in import From, is_active, note_refusal
from cotrace.audit.services import record
from cotrace.foundation.principal import Principal


def provider_entry(
    principal: Principal, *, provider: str, subject: str, addresses: Iterable[str], origin: From
) -> Member | None:
    """Return the member whom a provider vouches for, for the sign-in to go on with the second factor.

    `addresses` are the e-mail addresses that the provider verified. The first entry ties the provider's subject
    to the member: the same address under another subject, or the same subject under another address, is refused.
    None where nobody fits. Audit: provider.tied, session.refused.
    """
    wanted = sorted({each.strip().lower() for each in addresses})
    with transaction.atomic():
        member = Member.objects.select_related("agency").filter(email__in=wanted).first() if wanted else None
        if member is not None and is_active(member) and _fits(principal, member, provider, subject):
            return member
    email = wanted[0] if wanted else ""
    note_refusal(principal, member=member, email=email, origin=origin, code="provider_wrong")
    return None


def _fits(principal: Principal, member: Member, provider: str, subject: str) -> bool:
    known = SocialAccount.objects.select_for_update().filter(provider=provider)
    tied = known.filter(uid=subject).first()
    if tied is not None:
        return bool(tied.user_id == member.pk)
    if known.filter(user=member).exists():
        return False
    SocialAccount.objects.create(user=member, provider=provider, uid=subject, extra_data={})
    record(principal, action="provider.tied", subject=str(member.pk), owner=member.agency_id)
    return True
