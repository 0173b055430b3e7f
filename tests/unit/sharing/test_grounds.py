"""Every decision has its sentences, in both languages, and none of them says more than the decision."""

from itertools import product

import pytest
from django.utils import translation

from cotrace.sharing.rules.levels import LISTED_FROM, Decision, Level
from cotrace.sharing.sentences.grounds import grounds_of, limit_sentence, who_sentence

LISTED = [level for level in Level if level >= LISTED_FROM]
SHARED = [
    Decision(level=min(grant, cap, circle), grant=grant, cap=cap, circle=circle, is_owner=False, agreement="AG-1")
    for grant, cap, circle in product(LISTED, repeat=3)
]
OWNED = [
    Decision(level=circle, grant=Level.FULL, cap=Level.FULL, circle=circle, is_owner=True) for circle in LISTED
]
EMERGENCY = Decision(
    level=Level.FULL, grant=Level.FULL, cap=Level.FULL, circle=Level.FULL, is_owner=True, is_emergency=True
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("decision", [*SHARED, *OWNED, EMERGENCY])
def test_every_decision_that_shows_something_has_whole_sentences(decision, language) -> None:
    with translation.override(language):
        found = grounds_of(decision, owner="FGR")
    assert found and all(each.sentence.endswith(".") and "%(" not in each.sentence for each in found)
    assert [each.agreement for each in found if each.agreement] == ([] if decision.is_owner else ["AG-1"])


def test_the_first_reason_says_the_level_and_the_next_what_limits_it() -> None:
    capped = Decision(
        level=Level.TEAR_LINE, grant=Level.FULL, cap=Level.TEAR_LINE, circle=Level.FULL, is_owner=False, agreement="AG-1"
    )
    said = [each.sentence for each in grounds_of(capped, owner="FGR")]
    assert said[0].startswith("You see the tear-line because FGR and your agency")
    assert "The owner allows others at most the tear-line of this record." in said
    assert not any("circle" in each for each in said)


def test_an_emergency_is_named_as_the_reason() -> None:
    assert "emergency session" in grounds_of(EMERGENCY, owner="FGR")[0].sentence


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("reason", "level"), [("owner", Level.FULL), *product(["circle", "agreement"], LISTED)])
def test_every_line_of_who_can_see_is_a_sentence_that_names_who(reason, level, language) -> None:
    with translation.override(language):
        said = who_sentence(reason=reason, level=level, agency="ATF", person="Ana Ruiz")
    assert said.endswith(".") and ("ATF" in said or "Ana Ruiz" in said)


def test_only_a_limit_of_the_owner_is_worth_a_sentence() -> None:
    assert limit_sentence("cap") and not limit_sentence("agreement") and not limit_sentence("")
