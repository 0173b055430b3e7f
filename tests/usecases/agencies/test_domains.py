"""Nobody learns from adding an address whether another agency has an account with it."""

import pytest

from cotrace.agencies.models import AgencyDomain, Member
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.domains import domain_give
from cotrace.agencies.services.members import NewMember, member_add
from cotrace.audit.models import AuditEvent
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal, installation_principal
from tests.support.sign_in import member_exists, roles_exist

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Principal:
    roles_exist()
    found = principal_of_member(member_exists(name="Adela Admin", roles=("agency_admin",)), door=Door.WEB)
    assert found is not None
    return found


def new(email: str, agency: str = "FGR") -> NewMember:
    return NewMember(email=email, name="Eva", agency=agency, roles=("expert",))


@pytest.mark.parametrize("email", ["taken@atf.example", "free@atf.example", "someone@elsewhere.example", "TAKEN@ATF.example"])
def test_an_address_of_another_domain_is_refused_alike_whether_it_is_used_or_not(admin: Principal, email: str) -> None:
    member_exists("ATF", name="Taken", roles=("analyst",))
    Member.objects.filter(name="Taken").update(email="taken@atf.example")
    with pytest.raises(Invalid) as refused:
        member_add(admin, new=new(email))
    assert [(each.field, each.code) for each in refused.value.fields] == [("email", "address_not_of_agency")]


def test_the_installation_adds_under_a_domain_of_nobodys_but_not_of_another_agency(admin: Principal) -> None:
    member_add(installation_principal(), new=new("task.force@elsewhere.example"))
    with pytest.raises(Invalid):
        member_add(installation_principal(), new=new("free@atf.example"))


def test_a_domain_is_given_once_on_record_and_never_to_a_second_agency(admin: Principal) -> None:
    for _ in range(2):
        domain_give(installation_principal(), agency="FGR", domain="Fiscalia.Example")
    assert AuditEvent.objects.filter(chain="INSTALLATION", action="agency.domain_given", subject="FGR").count() == 1
    with pytest.raises(Refused, match="domain_taken"):
        domain_give(installation_principal(), agency="ATF", domain="fiscalia.example")
    assert AgencyDomain.objects.get(pk="fiscalia.example").agency_id == "FGR"
    member_add(admin, new=new("eva@fiscalia.example"))


def test_only_the_installation_gives_domains(admin: Principal) -> None:
    with pytest.raises(NotFound):
        domain_give(admin, agency="FGR", domain="other.example")
    with pytest.raises(Invalid):
        domain_give(installation_principal(), agency="FGR", domain="no domain")
    with pytest.raises(NotFound):
        domain_give(installation_principal(), agency="NOWHERE", domain="other.example")
