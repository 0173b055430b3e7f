"""The cast everybody knows, and small worlds for them to act in.

Agencies: ATF, ICE (federal, US), FGR and FGE-SON (federal and Sonora prosecutors), PD-EP (a city
police force that is party to nothing). Agents carry every permission of the product unless a test
takes some away: what they see is decided by sharing, not by roles.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cotrace.agencies.models import Agency, AgencyDomain, Member, MemberRole, Role, RolePermission
from cotrace.agencies.selectors import principal_of_member
from cotrace.agencies.services import token_make
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, Principal
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft, agreement_sign

AGENCIES = {
    "ATF": ("Bureau of Alcohol, Tobacco, Firearms and Explosives", "Oficina de Alcohol, Tabaco, Armas de Fuego y Explosivos", "US"),
    "ICE": ("Homeland Security Investigations", "Investigaciones de Seguridad Nacional", "US"),
    "FGR": ("Federal Attorney General's Office", "Fiscalía General de la República", "MX"),
    "FGE-SON": ("Sonora Attorney General's Office", "Fiscalía General de Justicia de Sonora", "MX"),
    "PD-EP": ("El Paso Police Department", "Policía de El Paso", "US"),
}

PURPOSE = "criminal_investigation"


def agencies_exist() -> None:
    """Write the agencies of the cast."""
    Agency.objects.bulk_create(
        [
            Agency(
                code=code,
                name_en=name_en,
                name_es=name_es,
                country=country,
                liaison_name=f"Liaison desk {code}",
                liaison_phone="+1 555 0100",
            )
            for code, (name_en, name_es, country) in AGENCIES.items()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_en", "name_es", "country", "liaison_name", "liaison_phone"],
    )
    domains = [AgencyDomain(domain=f"{code.lower()}.example", agency_id=code) for code in AGENCIES]
    AgencyDomain.objects.bulk_create(domains, ignore_conflicts=True)


def agent(agency: str, *, name: str = "one", door: Door = Door.TEST) -> Principal:
    """Return a member of the cast's agency with every declared permission."""
    return Principal(
        id=f"{agency}:{name}",
        agency=agency,
        door=door,
        name=f"{agency} agent {name}",
        permissions=frozenset(declared_permissions()),
        purpose=PURPOSE,
    )


def without(principal: Principal, permission: str) -> Principal:
    """Return the same person whose roles lack one permission."""
    return replace(principal, permissions=principal.permissions - {permission})


def memorandum(
    *, owner: str, viewer: str, category: str, level: Level, ends_on: date | None = None
) -> str:
    """Draft and sign a memorandum by which `viewer` sees `owner`'s holdings; return its number."""
    draft = AgreementDraft(
        title_en=f"{owner} shows {viewer} {category}",
        title_es=f"{owner} muestra {category} a {viewer}",
        legal_basis="synthetic",
        purposes=(PURPOSE,),
        parties=(owner, viewer),
        clauses=(Clause(owner=owner, viewer=viewer, category=category, level=level),),
        starts_on=date(2026, 1, 1),
        review_on=date(2027, 1, 1),
        ends_on=ends_on,
    )
    number = agreement_draft(agent(owner), draft=draft)
    agreement_sign(agent(owner), number=number)
    agreement_sign(agent(viewer), number=number)
    return number


def member(agency: str, *, name: str = "one", permissions: Iterable[str] | None = None) -> Member:
    """Write a member of the cast with a role that holds `permissions` (all, where None is given)."""
    role, _ = Role.objects.get_or_create(
        code=f"test-{agency}-{name}".lower(), defaults={"label_en": "Test", "label_es": "Prueba"}
    )
    held = declared_permissions() if permissions is None else permissions
    RolePermission.objects.bulk_create(
        (RolePermission(role=role, permission=each) for each in held), ignore_conflicts=True
    )
    row, _ = Member.objects.get_or_create(
        email=f"{name}@{agency.lower()}.example", defaults={"name": f"{agency} {name}", "agency_id": agency}
    )
    MemberRole.objects.get_or_create(member=row, role=role, defaults={"given_by": "tests"})
    return row


def enrolled(agency: str, *, name: str = "one") -> Principal:
    """Return an agent with an account here: for what the worker goes on with while its member may."""
    found = principal_of_member(member(agency, name=name), door=Door.TEST)
    assert found is not None
    return found


def token(agency: str, *, name: str = "one", permissions: Iterable[str] | None = None) -> str:
    """Return the secret of an API token of a member of the cast."""
    principal = principal_of_member(member(agency, name=name, permissions=permissions), door=Door.TEST)
    assert principal is not None
    scopes = principal.permissions
    maker = replace(principal, permissions=scopes | {"token.make"})
    return token_make(maker, name="tests", scopes=scopes).secret
