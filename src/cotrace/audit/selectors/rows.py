"""The columns that the chain covers, read fast and alike on both engines."""

from django.db import connection

from cotrace.foundation.engines import engine

TEXT_COLUMNS = (
    "actor",
    "actor_agency",
    "door",
    "action",
    "subject",
    "outcome",
    "purpose",
    "case_ref",
    "session",
    "request_id",
    "digest",
)


def event_columns_sql(alias: str) -> str:
    """Return the select list of `rules.chain.EventColumns` for a table alias."""
    moment = engine(connection).epoch_micros_sql(f"{alias}.recorded_at")
    return f"{alias}.id, {alias}.chain, {moment}, " + ", ".join(f"{alias}.{name}" for name in TEXT_COLUMNS)
