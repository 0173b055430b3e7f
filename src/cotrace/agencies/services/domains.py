"""Which e-mail domains belong to which agency: the installation gives them, members are added within them."""

from django.db import transaction

from cotrace.agencies.models import Agency, AgencyDomain
from cotrace.agencies.rules.domains import is_domain
from cotrace.audit.services import record
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import INSTALLATION_ID, Principal


def domain_give(principal: Principal, *, agency: str, domain: str) -> None:
    """Say that addresses under a domain are one agency's. The installation's act alone. Audit: agency.domain_given.

    Raises Invalid for what is no domain, NotFound for an unknown agency, Refused where another agency has it.
    """
    if principal.id != INSTALLATION_ID:
        raise NotFound
    name = domain.strip().lower()
    if not is_domain(name):
        raise Invalid("agency_incomplete", fields=(FieldProblem("domain", "domain_malformed"),))
    with transaction.atomic():
        if not Agency.objects.filter(pk=agency).exists():
            raise NotFound
        held, is_new = AgencyDomain.objects.get_or_create(domain=name, defaults={"agency_id": agency})
        if held.agency_id != agency:
            raise Refused("domain_taken")
        if is_new:
            record(principal, action="agency.domain_given", subject=agency, detail={"domain": name})


def domain_owner(email: str) -> str:
    """Return the code of the agency to which an address belongs by its domain, empty where to none."""
    found = AgencyDomain.objects.filter(pk=email.rpartition("@")[2].lower()).first()
    return found.agency_id if found else ""
