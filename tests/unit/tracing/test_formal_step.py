"""What can be certified, and by which way one asks for it."""

import pytest

from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import ChainStep
from cotrace.tracing.rules.formal_step import Certifiable, FormalStep, Way, formal_step
from tests.unit.tracing.builders import DEALER, MAKER
from tests.unit.tracing.result_builders import ref

K = AnswerKind


def chain(*answers: AnswerKind | None) -> tuple[ChainStep, ...]:
    return tuple(
        ChainStep(number=at, licensee=ref(DEALER if at > 1 else MAKER), role=MAKER.role, answer_kind=answer)
        for at, answer in enumerate(answers, 1)
    )


@pytest.mark.parametrize(
    ("answers", "certifiable"),
    [
        ((K.SHIPPED_TO, K.SOLD_TO_PURCHASER), Certifiable.SALE),
        ((K.SOLD_TO_PURCHASER,), Certifiable.SALE),
        ((K.SHIPPED_TO, K.NOT_IN_RECORDS), Certifiable.ENTRIES),
        ((K.SHIPPED_TO, None), Certifiable.ENTRIES),
        ((K.STOLEN_OR_LOST,), Certifiable.ENTRIES),
        ((K.EXPORTED,), Certifiable.ENTRIES),
        ((K.SOLD_TO_AGENCY,), Certifiable.ENTRIES),
        ((K.RECORD_INCOMPLETE,), Certifiable.ENTRIES),
        ((K.NOT_IN_RECORDS,), Certifiable.NOTHING),
        ((K.SEVERAL_GUNS,), Certifiable.NOTHING),
        ((K.PENDING,), Certifiable.NOTHING),
        ((None,), Certifiable.NOTHING),
        ((), Certifiable.NOTHING),
    ],
)
def test_what_can_be_certified_follows_from_what_licensees_answered(
    answers: tuple[AnswerKind | None, ...], certifiable: Certifiable
) -> None:
    assert formal_step(chain(*answers), asking_country="US").certifiable is certifiable


@pytest.mark.parametrize(
    ("country", "way"), [("US", Way.TRACING_CENTRE), ("MX", Way.LEGAL_ASSISTANCE), ("CA", Way.LEGAL_ASSISTANCE), ("", None)]
)
def test_the_way_leads_across_a_border_from_another_country(country: str, way: Way | None) -> None:
    assert formal_step(chain(K.SOLD_TO_PURCHASER), asking_country=country).way is way


@pytest.mark.parametrize("country", ["US", "MX", ""])
def test_where_there_is_nothing_to_certify_there_is_no_way(country: str) -> None:
    assert formal_step((), asking_country=country) == FormalStep(certifiable=Certifiable.NOTHING, way=None)
