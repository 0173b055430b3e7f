"""Databases for tests: migrated once as a template, then copied, never flushed.

SQLite: a file copy. PostgreSQL (`COTRACE_TEST_ENGINE=postgresql`): `CREATE DATABASE … TEMPLATE`, made by the
owning role; the tests connect as the running role, which owns no table.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from cotrace.config import environment
from cotrace.config.migrate import migrate

OWNER_URL = "COTRACE_OWNER_DATABASE_URL"


@dataclass(frozen=True)
class Engine:
    """Makes, copies and drops test databases of one engine."""

    name: str
    folder: Path
    template: str

    def point_at(self, name: str) -> None:
        """Let Django's default connection use the database `name`."""
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name

    def make_template(self) -> None:
        """Migrate an empty database once; every test database is a copy of it."""
        if self.name == "sqlite":
            self.point_at(self.template)
            migrate()
            _fill_code_tables()
            connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections["default"].close()
            return
        with owner("postgres") as admin:
            admin.execute(f'CREATE DATABASE "{self.template}"')
        self.point_at(self.template)
        migrate()
        _fill_code_tables()
        connections["default"].close()

    def copy(self) -> str:
        """Return the name of a fresh copy of the template."""
        token = secrets.token_hex(4)
        if self.name == "sqlite":
            target = str(self.folder / f"test-{token}.sqlite3")
            shutil.copyfile(self.template, target)
            return target
        target = f"{self.template}_{token}"
        with owner("postgres") as admin:
            admin.execute(f'CREATE DATABASE "{target}" TEMPLATE "{self.template}"')
        return target

    def url(self, name: str) -> str:
        """Return the address of a database for another process."""
        if self.name == "sqlite":
            return f"sqlite://{name}"
        whole = environment.text("COTRACE_DATABASE_URL")
        return f"{whole.rpartition('/')[0]}/{name}"

    def as_owner(self, statement: str) -> None:
        """Run a statement on the database in use as the role that owns its tables."""
        if self.name == "sqlite":
            connections["default"].cursor().execute(statement)
            connections["default"].close()
            return
        with owner(str(settings.DATABASES["default"]["NAME"])) as admin:
            admin.execute(statement)

    def drop(self, name: str) -> None:
        """Remove a copy."""
        connections.close_all()
        if self.name == "sqlite":
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
            return
        with owner("postgres") as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _fill_code_tables() -> None:
    """The shipped code tables, once for all tests; the chains of the template stay empty."""
    from cotrace.foundation.principal import installation_principal
    from cotrace.reference.imports import reference_load

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cotrace.reference.services.record", lambda *_, **__: None)
        reference_load(installation_principal())


def owner(database: str) -> psycopg.Connection:
    """Connect as the role that owns the tables; also what a hostile database administrator would do."""
    found = environment.database(environment.text(OWNER_URL))
    return psycopg.connect(
        dbname=database,
        user=found["USER"],
        password=found["PASSWORD"],
        host=found["HOST"],
        port=found["PORT"],
        autocommit=True,
    )


def engine_of_tests(folder: Path) -> Engine:
    """Return the engine the environment names, with a template of this process's own."""
    token = f"{os.getpid()}_{secrets.token_hex(3)}"
    if environment.text("COTRACE_DATABASE_URL").startswith("postgres"):
        return Engine("postgresql", folder, f"cotrace_template_{token}")
    return Engine("sqlite", folder, str(folder / f"template-{token}.sqlite3"))


