"""E-mail domains of agencies, and who may add which address."""

import pytest

from cotrace.agencies.rules.domains import is_domain, may_be_added


@pytest.mark.parametrize("text", ["fgr.example", "atf.gov", "a-b.c1.example", "x.y"])
def test_a_domain_has_labels_of_letters_digits_and_inner_hyphens(text: str) -> None:
    assert is_domain(text)


@pytest.mark.parametrize(
    "text", ["", "fgr", ".example", "fgr.", "-a.example", "a-.example", "FGR.example", "a@b.example", "a b.c", "x." + "y" * 119]
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_domain(text)


@pytest.mark.parametrize(
    ("owner", "is_installation", "expected"),
    [
        ("FGR", False, True),
        ("FGR", True, True),
        ("ATF", False, False),
        ("ATF", True, False),
        ("", False, False),
        ("", True, True),
    ],
)
def test_who_may_give_which_address_to_a_member_of_fgr(owner: str, is_installation: bool, expected: bool) -> None:
    assert may_be_added(domain_owner=owner, agency="FGR", is_installation=is_installation) is expected
