"""Every final answer has one outcome, and every outcome has its texts."""

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.answers import (
    AgencyKind,
    Answer,
    Exported,
    GapReason,
    LossPlace,
    NotFoundReason,
    NotInRecords,
    RecordIncomplete,
    SeveralGuns,
    SoldToAgency,
    StolenOrLost,
)
from cotrace.tracing.rules.outcomes import OutcomeCode, conclusion_of, parse_outcomes
from cotrace.tracing.rules.trace_view import Role
from tests.unit.tracing.builders import ASKED, sold

FINAL_ANSWERS: tuple[Answer, ...] = (
    sold(),
    *(NotInRecords(reason=reason) for reason in NotFoundReason),
    SeveralGuns(candidates=(ASKED, ASKED)),
    *(StolenOrLost(place=place) for place in LossPlace),
    Exported(country="MX"),
    *(SoldToAgency(agency_kind=kind, agency_name="X") for kind in AgencyKind),
    *(RecordIncomplete(reason=reason) for reason in GapReason),
)
HEADER = "code,label_en,label_es,last_point,unblock_en,unblock_es\n"


@pytest.mark.parametrize("role", list(Role))
def test_every_final_answer_of_every_role_has_an_outcome(role: Role) -> None:
    found = {conclusion_of(answer, role).outcome for answer in FINAL_ANSWERS}
    assert OutcomeCode.P1 in found
    assert found <= set(OutcomeCode)


def test_every_outcome_the_rules_decide_has_texts_in_both_languages() -> None:
    assert {code.value for code in OutcomeCode} <= set(outcome_table())


def test_english_and_spanish_texts_differ() -> None:
    for outcome in outcome_table().values():
        assert outcome.label_en != outcome.label_es
        assert outcome.unblock_en != outcome.unblock_es


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code,label_en\nP1,x\n", "table_wrong_columns"),
        (HEADER + "P1,a,b,retail,c,\n", "table_blank_cell"),
        (HEADER + "P1,a,b,retail,c,d\nP1,a,b,retail,c,d\n", "table_key_twice"),
        (HEADER + "P1,a,b,moon,c,d\n", "table_value_unknown"),
        (HEADER + "P1,a,b,retail,c,d,e\n", "table_wrong_columns"),
    ],
)
def test_a_broken_table_of_outcomes_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_outcomes(text)
    assert refused.value.code == code
