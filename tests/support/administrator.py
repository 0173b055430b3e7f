"""What a hostile database administrator can do: drop the triggers and change whatever they like."""

import sqlite3

from django.conf import settings
from django.db import connection

from tests.support.databases import owner

OF_LOG = ("auditevent", "auditseal", "auditdetail", "audithead", "headround", "roundhandover", "signingname")
GUARDED = (*(f"audit_{each}" for each in OF_LOG), "files_original")


def as_administrator(*statements: str) -> None:
    """Run statements as the owner of the database, after dropping what guards the log and the originals."""
    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        with sqlite3.connect(name) as hostile:
            for table in GUARDED:
                for act in ("update", "delete"):
                    hostile.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
            for statement in statements:
                hostile.execute(statement)
        hostile.close()
        return
    with owner(name) as hostile:
        for table in GUARDED:
            hostile.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            hostile.execute(statement)
