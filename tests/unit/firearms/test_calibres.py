"""Which NCIC code of a calibre the form shows while the calibre is typed."""

import pytest

from cotrace.firearms.rules.calibres import proposal_of


@pytest.mark.parametrize(
    ("code", "chosen", "before", "shown", "is_shown"),
    [
        ("762", "", "", "762", True),
        ("762", "9", "9", "762", True),
        ("762", "9", "", "9", False),
        ("762", "762", "", "762", True),
        ("", "9", "9", "", False),
        ("", "9", "", "9", False),
        ("", "", "", "", False),
    ],
    ids=["none yet", "another was proposed", "one's own stays", "one's own is it", "no longer fits", "unknown, own", "unknown"],
)
def test_a_proposal_takes_the_place_of_none_or_of_an_earlier_one(code, chosen, before, shown, is_shown) -> None:
    found = proposal_of(fine="a calibre", code=code, chosen=chosen, before=before)
    assert (found.shown, found.is_shown) == (shown, is_shown)
