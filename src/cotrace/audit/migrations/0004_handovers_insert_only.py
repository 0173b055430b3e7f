"""Forbid changes to what was handed over and to the names it was signed under."""

from cotrace.foundation.migration_operations import engine_sql
from django.db import migrations

INSERT_ONLY = ("audit_roundhandover", "audit_signingname")


def forbid(engine):
    return [sql for table in INSERT_ONLY for sql in engine.insert_only_sql(table, may_delete=False)]


def allow(engine):
    return [sql for table in INSERT_ONLY for sql in engine.drop_insert_only_sql(table)]


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_handovers_and_names")]
    operations = [engine_sql(forbid, allow)]
