"""What of a log was not taken comes back from JSON as it went in; of an earlier version's import nothing is known."""

import json
from dataclasses import asdict

from cotrace.seizures.rules.log_columns import LogColumns, SisterFile, columns_kept


def test_what_was_kept_comes_back_the_same() -> None:
    sister = SisterFile(field="participants", rows=3, keys_unmatched=1, columns_unknown=("X",))
    columns = LogColumns(
        missing=("A",), unknown=("B", "C"), repeated=("D",), sisters=(sister,), sisters_missing=("other_items",)
    )
    assert columns_kept(json.loads(json.dumps(asdict(columns)))) == columns


def test_an_import_that_kept_nothing_says_nothing() -> None:
    assert columns_kept({}) == LogColumns()
