"""Forbid changes to the log, and queue every new event for its seal."""

from django.db import migrations

from cotrace.foundation.migration_operations import engine_sql

INSERT_ONLY = ("audit_auditevent", "audit_auditseal", "audit_audithead", "audit_headround")


def forbid(engine):
    statements = [sql for table in INSERT_ONLY for sql in engine.insert_only_sql(table, may_delete=False)]
    statements += engine.insert_only_sql("audit_auditdetail", may_delete=True)
    return statements + engine.copy_on_insert_sql(
        "audit_auditevent", "audit_auditpending", source_column="id", target_column="event_id"
    )


def allow(engine):
    statements = [
        sql for table in (*INSERT_ONLY, "audit_auditdetail") for sql in engine.drop_insert_only_sql(table)
    ]
    return statements + engine.drop_copy_on_insert_sql("audit_auditevent", "audit_auditpending")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [engine_sql(forbid, allow)]
