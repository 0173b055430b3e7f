"""Bringing the database up to date, as the role that owns the tables; the running role owns none."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, connections

from cotrace.config import environment
from cotrace.config.safety import close_database
from cotrace.foundation.engines import engine

INSERT_ONLY = (
    "audit_auditevent",
    "audit_auditseal",
    "audit_audithead",
    "audit_headround",
    "audit_roundhandover",
    "audit_signingname",
    "files_original",
)
NO_UPDATE = ("audit_auditdetail",)


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owning role for the time of a migration, where one is configured."""
    url = environment.text("COTRACE_OWNER_DATABASE_URL")
    held = connections["default"].settings_dict
    kept = {key: held[key] for key in ("USER", "PASSWORD")}
    if url:
        connections["default"].close()
        found = environment.database(url)
        held.update({key: found[key] for key in kept})
    try:
        yield
    finally:
        if url:
            connections["default"].close()
            held.update(kept)


def migrate(*, verbosity: int = 0) -> None:
    """Apply every migration and give the running role what it needs, no more."""
    environment.made_home()
    running = str(connections["default"].settings_dict.get("USER", ""))
    with as_owner():
        call_command("migrate", verbosity=verbosity, interactive=False)
        statements = engine(connection).give_running_role_sql(
            running, insert_only=INSERT_ONLY, no_update=NO_UPDATE
        )
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    close_database()
