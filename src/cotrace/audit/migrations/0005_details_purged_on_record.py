"""Let a detail be deleted only where a purge in the same chain names its event."""

from cotrace.foundation.migration_operations import engine_sql
from django.db import migrations

DETAILS = "audit_auditdetail"
IS_NAMED = (
    "EXISTS (SELECT 1 FROM audit_auditevent e JOIN audit_auditseal s ON s.event_id = e.id "
    "JOIN audit_auditevent p ON p.chain = e.chain AND p.subject = '#' || s.position "
    "AND p.action = 'audit.detail_purged' AND p.id > e.id "
    "WHERE e.id = OLD.event_id AND e.action <> 'audit.detail_purged')"
)


def guard(engine):
    return engine.delete_only_where_sql(DETAILS, IS_NAMED)


def leave(engine):
    return engine.drop_delete_only_where_sql(DETAILS)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_handovers_insert_only")]
    operations = [engine_sql(guard, leave)]
