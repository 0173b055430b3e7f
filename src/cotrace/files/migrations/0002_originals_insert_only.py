"""Originals are written once: no change, no deletion."""

from django.db import migrations

from cotrace.foundation.migration_operations import engine_sql

TABLE = "files_original"


def forbid(engine):
    return engine.insert_only_sql(TABLE, may_delete=False)


def allow(engine):
    return engine.drop_insert_only_sql(TABLE)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [engine_sql(forbid, allow)]
