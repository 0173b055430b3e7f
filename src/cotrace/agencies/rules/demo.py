"""Which accounts may enter with a password alone: the printed cast of the demo, nobody else, nowhere else.

Authority: docs/sign-in.md, "The demo". Three locks, any one of which holds: the running process is the demo, the
account was marked when it was made, and its address ends in `.example`, which RFC 2606 keeps from ever being a
real person's (a constraint in the database says so too). Tests: tests/unit/agencies/test_demo.py.
"""

DEMO_DOMAIN = ".example"


def may_be_marked(*, email: str, is_demo_process: bool, is_installation: bool) -> bool:
    """Tell whether a new account may be marked as one of the demo's cast."""
    return is_demo_process and is_installation and is_demo_address(email)


def is_password_enough(*, email: str, is_marked: bool, is_demo_process: bool) -> bool:
    """Tell whether this account enters without a second factor."""
    return is_demo_process and is_marked and is_demo_address(email)


def is_demo_address(email: str) -> bool:
    """Tell whether an address can belong to no real person."""
    return email.lower().endswith(DEMO_DOMAIN)
