"""Only the demo's cast, in the demo, enters without a second factor: every lock holds alone."""

from itertools import product

import pytest

from cotrace.agencies.rules.demo import is_password_enough, may_be_marked


@pytest.mark.parametrize(("is_marked", "is_demo_process", "email"), [*product((True, False), (True, False), ("a@x.example", "a@fgr.gob.mx"))])
def test_a_password_is_enough_only_where_all_three_hold(is_marked: bool, is_demo_process: bool, email: str) -> None:
    allowed = is_password_enough(email=email, is_marked=is_marked, is_demo_process=is_demo_process)
    assert allowed is (is_marked and is_demo_process and email.endswith(".example"))


@pytest.mark.parametrize(
    ("email", "is_demo_process", "is_installation", "allowed"),
    [
        ("a@x.example", True, True, True),
        ("a@x.example", False, True, False),
        ("a@x.example", True, False, False),
        ("a@x.example.com", True, True, False),
        ("a@EXAMPLE", True, True, False),
    ],
)
def test_an_account_is_marked_by_the_demo_itself_alone(
    email: str, is_demo_process: bool, is_installation: bool, allowed: bool
) -> None:
    given = may_be_marked(email=email, is_demo_process=is_demo_process, is_installation=is_installation)
    assert given is allowed
