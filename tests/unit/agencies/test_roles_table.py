"""The shipped roles: complete in both languages, and made of permissions that exist."""

from importlib import import_module
from pathlib import Path

import pytest

import cotrace
from cotrace.agencies.imports import shipped_roles
from cotrace.foundation.permissions import declared_permissions

ROLES = [
    "recorder",
    "expert",
    "prosecutor",
    "submitter",
    "national_contact",
    "tracer",
    "tracing_supervisor",
    "investigator",
    "analyst",
    "watch_desk",
    "coordinator",
    "supervisor",
    "security_officer",
    "auditor",
    "agency_admin",
]


@pytest.fixture(scope="module", autouse=True)
def every_permission() -> None:
    for path in sorted(Path(cotrace.__file__).parent.glob("*/permissions.py")):
        import_module(f"cotrace.{path.parent.name}.permissions")


def test_the_table_names_the_roles_of_the_design() -> None:
    assert [line.code for line in shipped_roles()] == ROLES


@pytest.mark.parametrize("line", shipped_roles(), ids=lambda line: line.code)
def test_a_role_has_both_names_and_permissions_that_exist(line) -> None:
    assert line.label_en and line.label_es
    assert line.permissions
    assert len(set(line.permissions)) == len(line.permissions)
    assert set(line.permissions) <= set(declared_permissions())


def test_nobody_who_manages_members_also_reads_seizures() -> None:
    for line in shipped_roles():
        assert not {"member.manage", "seizure.read"} <= set(line.permissions), line.code


def test_permissions_of_a_role_without_a_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "roles.csv").write_text("role,label_en,label_es\na,A,A\n")
    (tmp_path / "role_permissions.csv").write_text("role,permission\nb,token.make\n")
    with pytest.raises(ValueError, match="unknown roles: b"):
        shipped_roles(tmp_path)
