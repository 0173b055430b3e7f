"""Our own code tables are read strictly: a slip in a shipped file is an error, never a silent gap."""

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.tracing.rules.csv_tables import read_table


def read(text: str) -> list[dict[str, str]]:
    return read_table(text, columns=("code", "label"), key=("code",))


def test_rows_come_in_order_by_column() -> None:
    assert read("code,label\nP1,one\nP2,two\n") == [{"code": "P1", "label": "one"}, {"code": "P2", "label": "two"}]


@pytest.mark.parametrize(
    "text",
    [
        "label,code\none,P1\n",
        "code\nP1\n",
        "code,label\nP1\n",
        "code,label\nP1,one,more\n",
        "code,label\nP1,\n",
        "code,label\nP1,one\nP1,two\n",
    ],
)
def test_other_columns_short_or_long_rows_blanks_and_doubles_are_refused(text) -> None:
    with pytest.raises(Invalid):
        read(text)
