"""Every code of requests and results has a label, in both languages."""

from collections.abc import Mapping

import pytest
from django.utils.translation import override

from cotrace.doors.furniture import Badge
from cotrace.tracing.reads import labels
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import Finding
from cotrace.tracing.rules.formal_step import Certifiable, Way
from cotrace.tracing.rules.outcomes import LastPoint
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.request_recovery import StolenCheckResult
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.rules.time_to_crime import Band, NoNumberReason
from cotrace.tracing.rules.trace_view import Role

TABLES: list[tuple[Mapping[object, object], set[object]]] = [
    (labels.STANDINGS, set(ShownAs)),
    (labels.PRIORITIES, set(Priority)),
    (labels.STOLEN_CHECKS, set(StolenCheckResult)),
    (labels.ROLES, set(Role)),
    (labels.ANSWERS, set(AnswerKind)),
    (labels.FINDINGS, set(Finding)),
    (labels.LAST_POINTS, set(LastPoint)),
    (labels.BANDS, set(Band)),
    (labels.NO_NUMBERS, set(NoNumberReason)),
    (labels.FORMAL_STEPS, set(Certifiable) - {Certifiable.NOTHING}),
    (labels.WAYS, set(Way)),
]


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_each_table_names_each_code(table: Mapping[object, object], codes: set[object]) -> None:
    assert set(table) == codes


@pytest.mark.parametrize("table", [table for table, _codes in TABLES])
def test_no_two_codes_read_alike_and_spanish_is_not_english(table: Mapping[object, object]) -> None:
    said = {}
    for language in ("en", "es"):
        with override(language):
            said[language] = [str(each.text if isinstance(each, Badge) else each) for each in table.values()]
        assert len(set(said[language])) == len(table)
    assert not set(said["en"]) & set(said["es"])
