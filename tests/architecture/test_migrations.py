"""Migrations are complete, small and named: STYLE 24."""

import re

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.db.migrations.state import ModelState, ProjectState

from tests.architecture.source import say

UNNAMED = re.compile(r"_auto_\d|_and_more$|^\d{4}_alter_|^\d{4}_remove_")


def pending(state: ProjectState) -> list[str]:
    """Return what the tables of our rooms would still need to be migrated."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    return [
        f"{label}: {operation.describe()}"
        for label, found in changes.items()
        for migration in found
        for operation in migration.operations
    ]


def mixed(migration) -> bool:
    """Tell whether a migration changes tables and moves data in one step."""
    kinds = {isinstance(operation, RunPython) for operation in migration.operations}
    return len(kinds) > 1


def own_migrations():
    """Return the migrations of our own rooms."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("cotrace.")}
    return {key: found for key, found in loader.disk_migrations.items() if key[0] in ours}


def test_no_migration_is_pending():
    findings = pending(ProjectState.from_apps(apps))
    assert not findings, say(findings)


def test_migrations_have_names():
    unnamed = [f"{label}.{name}" for label, name in own_migrations() if UNNAMED.search(name)]
    assert not unnamed, say(unnamed)


def test_tables_and_data_move_in_migrations_of_their_own():
    findings = [f"{label}.{name}" for (label, name), found in own_migrations().items() if mixed(found)]
    assert not findings, say(findings)


def test_a_pending_migration_and_a_bad_name_are_found():
    state = ProjectState.from_apps(apps)
    before = pending(state)
    extra = ModelState("sharing", "Extra", [("id", models.BigAutoField(primary_key=True))])
    state.add_model(extra)
    assert set(pending(state)) - set(before) == {"sharing: Create model Extra"}
    assert UNNAMED.search("0007_auto_20261124")
    assert not UNNAMED.search("0002_insert_only")
