"""What the owner of a record learns of a look: of its own people who and in which case, of others neither."""

import pytest

from cotrace.seizures.selectors import seizure_get
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.explain import access_looked
from tests.support.pages import cast_exists, seizure_exists
from tests.support.world import PURPOSE, agent, memorandum

pytestmark = pytest.mark.django_db


def test_the_case_of_another_agencys_look_stays_with_that_agency() -> None:
    cast_exists()
    number = seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    seizure_get(agent("ATF").for_purpose(PURPOSE, case="OUR-SECRET-CASE"), number=number)
    seizure_get(agent("FGR", name="two").for_purpose(PURPOSE, case="FED/118"), number=number)
    told = [(each.agency, each.person, each.case) for each in access_looked(agent("FGR"), number=number)]
    assert ("ATF", "", "") in told and ("FGR", "", "FED/118") in told
    assert not [each for each in told if each[0] == "ATF" and each != ("ATF", "", "")]
