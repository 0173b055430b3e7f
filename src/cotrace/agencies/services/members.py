"""Members of an agency: added, closed, given a way back in. The installation may do the same for any agency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cotrace.agencies.models import Agency, Member, MemberRole
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.rules import demo
from cotrace.agencies.rules import tries as tries_rules
from cotrace.agencies.rules.domains import may_be_added
from cotrace.agencies.services import tries
from cotrace.agencies.services.domains import domain_give, domain_owner
from cotrace.agencies.services.factors import factors_reset
from cotrace.agencies.services.roles import refuse_watching, roles_exist, watching_roles
from cotrace.agencies.services.sessions import sessions_end
from cotrace.agencies.services.telling import account_changed
from cotrace.agencies.services.tokens import tokens_end
from cotrace.audit.services import record
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import INSTALLATION_ID, Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """What a new account needs. Without a password nobody enters until a one-time link sets one.

    `is_demo` marks the printed cast of the demo: see `rules.demo` for who may be marked.
    """

    email: str
    name: str
    agency: str
    roles: tuple[str, ...]
    language: str = "en"
    badge: str = ""
    password: str | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """What the installation knows of an agency that takes part."""

    code: str
    name_en: str
    name_es: str
    country: str
    liaison_name: str = ""
    liaison_phone: str = ""
    liaison_email: str = ""
    domains: tuple[str, ...] = ()


def member_add(principal: Principal, *, new: NewMember) -> str:
    """Add a member to the principal's own agency; the installation may add to any. Audit: member.added.

    Returns the member's id. Raises Invalid for an address that is not under the agency's domains or already used,
    for an unknown role and for one that only the installation gives, Refused for a demo mark that is not allowed,
    NotFound for an unknown agency. Event: AccountChanged where an administrator did it; setting an agency up is not told.
    """
    if principal.agency:
        principal.require(AgencyPermission.MEMBER_MANAGE)
    if principal.agency and principal.agency != new.agency:
        raise NotFound
    agency = Agency.objects.filter(pk=new.agency).first()
    if agency is None:
        raise NotFound
    email = new.email.strip().lower()
    with transaction.atomic():
        _check(principal, new, email)
        member = Member(
            email=email,
            name=new.name.strip(),
            agency=agency,
            language=new.language,
            badge=new.badge,
            is_demo=new.is_demo,
        )
        member.set_password(new.password)
        member.save()
        MemberRole.objects.bulk_create(
            MemberRole(member=member, role_id=role, given_by=principal.id) for role in new.roles
        )
        record(
            principal,
            action="member.added",
            subject=str(member.pk),
            owner=new.agency,
            detail={"roles": list(new.roles)},
        )
        if principal.id != INSTALLATION_ID:
            account_changed(principal, member=member, act="member.added")
    return str(member.pk)


def member_close(principal: Principal, *, member: UUID) -> None:
    """Close an account: no way in, its sessions and tokens end at once. Audit: member.closed. Event: AccountChanged.

    Raises NotFound for another agency's member, Refused for oneself and for an account that watches over the
    administrator: whoever could close it would be watched by nobody.
    """
    with transaction.atomic():
        found = managed_member(principal, member=member)
        if str(found.pk) == principal.id:
            raise Refused("own_account")
        refuse_watched(principal, member=found)
        found.is_active = False
        found.save(update_fields=["is_active"])
        sessions_end(principal, member=found)
        tokens_end(principal, member=found)
        record(principal, action="member.closed", subject=str(found.pk), owner=found.agency_id)
        account_changed(principal, member=found, act="member.closed")


def member_reopen(principal: Principal, *, member: UUID) -> None:
    """Open a closed account again, with its roles as they were.

    Raises NotFound, Refused for an account that watches over the administrator: the installation closed it.
    Audit: member.reopened. Event: AccountChanged.
    """
    with transaction.atomic():
        found = managed_member(principal, member=member)
        refuse_watched(principal, member=found)
        found.is_active = True
        found.save(update_fields=["is_active"])
        record(principal, action="member.reopened", subject=str(found.pk), owner=found.agency_id)
        account_changed(principal, member=found, act="member.reopened")


def lock_release(principal: Principal, *, member: UUID) -> None:
    """End the lock of an account before its quarter of an hour is over. Raises NotFound. Audit: account.released."""
    with transaction.atomic():
        found = managed_member(principal, member=member)
        tries.forget(tries_rules.account_key(found.email))
        record(principal, action="account.released", subject=str(found.pk), owner=found.agency_id)


def member_factors_reset(principal: Principal, *, member: UUID) -> None:
    """Take every second factor from a member who lost them; sessions and tokens end. Audit: factor.reset.

    The next sign-in sets up a new one. Raises NotFound for another agency's member, Refused for oneself and for an
    account that watches over the administrator. Event: AccountChanged.
    """
    with transaction.atomic():
        found = managed_member(principal, member=member)
        if str(found.pk) == principal.id:
            raise Refused("own_account")
        refuse_watched(principal, member=found)
        factors_reset(principal, member=found)
        sessions_end(principal, member=found)
        tokens_end(principal, member=found)
        account_changed(principal, member=found, act="factor.reset")


def address_release(principal: Principal, *, address: str) -> None:
    """End the lock of a network address. The installation's act alone. Audit: address.released."""
    if principal.id != INSTALLATION_ID:
        raise NotFound
    with transaction.atomic():
        tries.forget(tries_rules.address_key(address))
        record(principal, action="address.released", detail={"address": address})


def agency_put(principal: Principal, *, agency: Agency) -> None:
    """Add an agency or change what it published. The installation's act. Audit: agency.put."""
    with transaction.atomic():
        agency.save()
        record(principal, action="agency.put", subject=agency.code)


def agency_add(principal: Principal, *, new: NewAgency) -> None:
    """Add an agency that takes part. The installation's act. Audit: agency.put.

    Raises Refused where the code or a domain is taken, Invalid for a code, country or domain that is none.
    """
    code, country = new.code.strip().upper(), new.country.strip().upper()
    problems = []
    if not code or len(code) > 24 or not code.replace("-", "").isalnum():
        problems.append(FieldProblem("code", "agency_code_malformed"))
    if len(country) != 2 or not country.isalpha():
        problems.append(FieldProblem("country", "country_malformed"))
    if problems:
        raise Invalid("agency_incomplete", fields=tuple(problems))
    with transaction.atomic():
        if Agency.objects.filter(pk=code).exists():
            raise Refused("agency_exists")
        agency_put(
            principal,
            agency=Agency(
                code=code,
                name_en=new.name_en,
                name_es=new.name_es,
                country=country,
                liaison_name=new.liaison_name,
                liaison_phone=new.liaison_phone,
                liaison_email=new.liaison_email,
            ),
        )
        for domain in new.domains:
            domain_give(principal, agency=code, domain=domain)


PUBLISHED = frozenset({"name_en", "name_es", "liaison_name", "liaison_phone", "liaison_email"})
"""What an agency says of itself to all, and can say anew. Code and country stay: records and memoranda rest on them."""


def agency_change(principal: Principal, *, code: str, changes: Mapping[str, str]) -> None:
    """Change what an agency published: names and liaison desk. The installation's act. Audit: agency.put.

    Raises NotFound, Invalid where a name would be empty. `changes` are by field of `PUBLISHED`.
    """
    problems = [FieldProblem(each, "required") for each in ("name_en", "name_es") if not changes.get(each, "-").strip()]
    if problems:
        raise Invalid("agency_incomplete", fields=tuple(problems))
    with transaction.atomic():
        row = Agency.objects.select_for_update().filter(pk=code.strip().upper()).first()
        if row is None:
            raise NotFound
        for name in PUBLISHED & set(changes):
            setattr(row, name, changes[name].strip())
        agency_put(principal, agency=row)


def managed_member(principal: Principal, *, member: UUID) -> Member:
    """Fetch and hold a member whom the principal may manage: of its own agency, or any for the installation.

    Raises Denied without the permission, NotFound for another agency's member.
    """
    rows: Iterable[Member] = Member.objects.select_for_update().filter(pk=member)
    if principal.id != INSTALLATION_ID:
        principal.require(AgencyPermission.MEMBER_MANAGE)
        rows = [row for row in rows if row.agency_id == principal.agency]
    found = next(iter(rows), None)
    if found is None:
        raise NotFound
    return found


def refuse_watched(principal: Principal, *, member: Member) -> None:
    """Raise Refused where an administrator would get a way into an account that watches over them, or end it.

    A link and a reset are ways in for whoever hands them over, closing leaves nobody who watches: for such an account
    the installation does it.
    """
    held = MemberRole.objects.filter(member=member).values_list("role_id", flat=True)
    if principal.id != INSTALLATION_ID and watching_roles(held):
        raise Refused("account_watches")


def _check(principal: Principal, new: NewMember, email: str) -> None:
    if not new.name.strip():
        raise Invalid("member_incomplete", fields=(FieldProblem("name", "required"),))
    is_installation = principal.id == INSTALLATION_ID
    if not may_be_added(domain_owner=domain_owner(email), agency=new.agency, is_installation=is_installation):
        raise Invalid("member_incomplete", fields=(FieldProblem("email", "address_not_of_agency"),))
    if Member.objects.filter(email__iexact=email).exists():
        raise Invalid("member_incomplete", fields=(FieldProblem("email", "address_in_use"),))
    roles_exist(set(new.roles))
    refuse_watching(principal, new.roles)
    if new.is_demo and not demo.may_be_marked(
        email=email,
        is_demo_process=settings.COTRACE_DEMO,
        is_installation=is_installation,
    ):
        raise Refused("demo_mark_refused")
