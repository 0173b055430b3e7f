"""A telephone number becomes the link that dials it, or stays text where it is not one number for sure."""

import pytest

from cotrace.doors.templatetags.telephone import telephone


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("+52 662 555 0101", "+526625550101"),
        ("(915) 555-0100", "9155550100"),
        ("+49 (0)30 1234567", "+49301234567"),
        ("(0)30 1234567", "0301234567"),
        ("915 555 0100 ext. 12", "9155550100;ext=12"),
        ("915-555-0100 x7", "9155550100;ext=7"),
        ("911", "911"),
    ],
)
def test_one_number_is_a_link_that_dials_it(text: str, dialled: str) -> None:
    assert telephone(text) == f'<a href="tel:{dialled}">{text}</a>'


@pytest.mark.parametrize(
    "text", ["", "12", "1234567890123456", "915 555 0100 / 915 555 0101", "ask at the desk", "915 555 0100 <b>"]
)
def test_what_is_not_one_number_stays_text(text: str) -> None:
    assert "href" not in telephone(text) and "<b>" not in telephone(text)
