"""PostgreSQL: the production database."""

import zlib
from contextlib import nullcontext
from typing import Any


def insert_only_sql(table: str, *, may_delete: bool) -> list[str]:
    """Return statements that make `table` refuse UPDATE, TRUNCATE and, unless `may_delete`, DELETE."""
    actions = "UPDATE" if may_delete else "UPDATE OR DELETE"
    return [
        "CREATE OR REPLACE FUNCTION cotrace_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE {actions} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION cotrace_insert_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION cotrace_insert_only()",
    ]


def delete_only_where_sql(table: str, condition: str) -> list[str]:
    """Return statements that make `table` refuse DELETE of a row (`OLD`) for which `condition` does not hold."""
    return [
        f"CREATE OR REPLACE FUNCTION {table}_may_delete() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT ({condition}) THEN RAISE EXCEPTION '% may not be deleted', TG_TABLE_NAME; END IF; "
        "RETURN OLD; END $$",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_may_delete()",
    ]


def drop_delete_only_where_sql(table: str) -> list[str]:
    """Return statements that undo `delete_only_where_sql`."""
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_may_delete()",
    ]


def drop_insert_only_sql(table: str) -> list[str]:
    """Return statements that undo `insert_only_sql`."""
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
    ]


def copy_on_insert_sql(source: str, target: str, *, source_column: str, target_column: str) -> list[str]:
    """Return a trigger that writes `source_column` of each new row into `target`."""
    return [
        f"CREATE OR REPLACE FUNCTION {source}_to_{target}() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608 - names are ours
        f"$$ BEGIN INSERT INTO {target} ({target_column}) VALUES (NEW.{source_column}); RETURN NULL; END $$",
        f"CREATE TRIGGER {source}_to_{target} AFTER INSERT ON {source} "
        f"FOR EACH ROW EXECUTE FUNCTION {source}_to_{target}()",
    ]


def drop_copy_on_insert_sql(source: str, target: str) -> list[str]:
    """Return statements that undo `copy_on_insert_sql`."""
    return [
        f"DROP TRIGGER IF EXISTS {source}_to_{target} ON {source}",
        f"DROP FUNCTION IF EXISTS {source}_to_{target}()",
    ]


def only_one(connection: Any, name: str) -> Any:
    """Hold an advisory lock named `name` until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
    return nullcontext()


SKIP_LOCKED = "FOR UPDATE SKIP LOCKED"


def newest_of_each_sql(
    *,
    table: str,
    group: str,
    order: tuple[str, str],
    columns: tuple[str, ...],
    after: tuple[Any, Any] | None,
    is_backward: bool,
    groups: str,
    limit: int,
) -> tuple[str, list[Any]]:
    """Return a statement that takes the first rows of each group by index and merges them.

    `groups` is a JSON list of group values; the time depends on those groups alone.
    """
    direction, side = ("ASC", ">") if is_backward else ("DESC", "<")
    first, second = order
    beyond = f"AND (i.{first}, i.{second}) {side} (%s, %s)" if after else ""
    ordered = f"ORDER BY {{0}}.{first} {direction}, {{0}}.{second} {direction} LIMIT %s"
    picked = ", ".join(f"h.{column}" for column in columns)
    sql = (
        f"SELECT {picked} FROM json_array_elements_text(%s::json) s(value) "  # noqa: S608 - names are ours
        f"CROSS JOIN LATERAL (SELECT i.* FROM {table} i WHERE i.{group} = s.value::bigint "
        f"{beyond} {ordered.format('i')}) h {ordered.format('h')}"
    )
    return sql, [groups, *(after or ()), limit, limit]


def give_running_role_sql(role: str, *, insert_only: tuple[str, ...], no_update: tuple[str, ...]) -> list[str]:
    """Return statements that let `role` use the tables and own none.

    `insert_only` tables give INSERT and SELECT; `no_update` tables give DELETE as well.
    """
    quoted = '"' + role.replace('"', '""') + '"'
    return [
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        *(f"REVOKE UPDATE, DELETE ON {table} FROM {quoted}" for table in insert_only),
        *(f"REVOKE UPDATE ON {table} FROM {quoted}" for table in no_update),
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}",
    ]


def epoch_micros_sql(column: str) -> str:
    """Return an expression for a moment as microseconds since 1970, UTC."""
    return f"(EXTRACT(EPOCH FROM {column}) * 1000000)::bigint"


def insert_rows(connection: Any, into: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows at once by COPY; `into` is `table (columns)`."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def delete_ids(connection: Any, table: str, column: str, ids: list[Any]) -> None:
    """Delete the rows of those ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [ids])  # noqa: S608 - names are ours


def stream(connection: Any, sql: str, values: list[Any], *, chunk: int) -> Any:
    """Yield the rows of a query in constant memory, through a cursor of the server."""
    from django.db import transaction

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = chunk
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(chunk):
            yield from rows


def capped_count_sql(*, table: str, group: str) -> str:
    """Return a statement that counts rows of groups (JSON list), each and together up to a cap."""
    return (
        "SELECT count(*) FROM (SELECT 1 FROM json_array_elements_text(%s::json) s(value) "  # noqa: S608
        f"CROSS JOIN LATERAL (SELECT 1 FROM {table} i WHERE i.{group} = s.value::bigint LIMIT %s) h LIMIT %s) q"
    )
