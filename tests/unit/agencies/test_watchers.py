"""Which roles watch over an agency's administrators."""

import pytest

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.rules.watchers import WATCHING, is_watching, kept_from_administrators
from cotrace.audit.permissions import AuditPermission

SHIPPED = {line.code: line.permissions for line in shipped_roles()}


def test_every_permission_over_the_log_watches():
    assert set(AuditPermission) == WATCHING


@pytest.mark.parametrize(
    ("permissions", "answer"),
    [((), False), (("seizure.read", "member.manage"), False), (("seizure.read", "audit.read"), True), (("audit.purge",), True)],
)
def test_a_role_watches_by_what_it_allows(permissions: tuple[str, ...], answer: bool):
    assert is_watching(permissions) is answer


def test_of_the_shipped_roles_security_officer_and_auditor_are_kept_from_administrators():
    assert kept_from_administrators(SHIPPED, permissions_of=SHIPPED) == ["auditor", "security_officer"]


def test_a_role_that_nobody_knows_is_not_kept():
    assert kept_from_administrators(["emperor"], permissions_of=SHIPPED) == []
