"""What an e-mail domain is, and which addresses an administrator may give to new members.

Decides that an address under another agency's domain is refused without looking whether an account has it.
Tests: tests/unit/agencies/test_domains.py.
"""

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
LONGEST = 120


def is_domain(text: str) -> bool:
    """Say whether a text is a domain in lower case: labels of letters, digits and inner hyphens, two at least."""
    return len(text) <= LONGEST and _DOMAIN.fullmatch(text) is not None


def may_be_added(*, domain_owner: str, agency: str, is_installation: bool) -> bool:
    """Say whether an address may become a member of `agency`.

    An administrator adds within the agency's own domains; the installation also under a domain that is nobody's.
    """
    return domain_owner == agency or (is_installation and not domain_owner)
