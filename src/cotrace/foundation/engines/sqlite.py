"""SQLite: the embedded default."""

from contextlib import nullcontext
from typing import Any


def insert_only_sql(table: str, *, may_delete: bool) -> list[str]:
    """Return statements that make `table` refuse UPDATE and, unless `may_delete`, DELETE."""
    actions = ["UPDATE"] if may_delete else ["UPDATE", "DELETE"]
    return [
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        for action in actions
    ]


def delete_only_where_sql(table: str, condition: str) -> list[str]:
    """Return statements that make `table` refuse DELETE of a row (`OLD`) for which `condition` does not hold."""
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({condition}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} may not be deleted'); END"
    ]


def drop_delete_only_where_sql(table: str) -> list[str]:
    """Return statements that undo `delete_only_where_sql`."""
    return [f"DROP TRIGGER IF EXISTS {table}_no_delete"]


def drop_insert_only_sql(table: str) -> list[str]:
    """Return statements that undo `insert_only_sql`."""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{action}" for action in ("update", "delete")]


def copy_on_insert_sql(source: str, target: str, *, source_column: str, target_column: str) -> list[str]:
    """Return a trigger that writes `source_column` of each new row into `target`."""
    return [
        f"CREATE TRIGGER {source}_to_{target} AFTER INSERT ON {source} "  # noqa: S608 - names are ours
        f"BEGIN INSERT INTO {target} ({target_column}) VALUES (NEW.{source_column}); END"
    ]


def drop_copy_on_insert_sql(source: str, target: str) -> list[str]:
    """Return statements that undo `copy_on_insert_sql`."""
    return [f"DROP TRIGGER IF EXISTS {source}_to_{target}"]


def only_one(_connection: Any, _name: str) -> Any:
    """Hold a lock named `_name` until the transaction ends; SQLite's write lock already is one."""
    return nullcontext()


SKIP_LOCKED = ""
"""SQLite has one writer: a claimed row cannot be claimed twice."""


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
        f"SELECT {picked} FROM json_each(%s) s JOIN {table} h ON h.id IN ("  # noqa: S608 - names are ours
        f"SELECT i.id FROM {table} i WHERE i.{group} = s.value {beyond} {ordered.format('i')}) "
        f"{ordered.format('h')}"
    )
    return sql, [groups, *((str(after[0]), after[1]) if after else ()), limit, limit]


def give_running_role_sql(_role: str, *, insert_only: tuple[str, ...], no_update: tuple[str, ...]) -> list[str]:
    """SQLite has no roles: whoever can write the file can write the tables; triggers still stand."""
    del insert_only, no_update
    return []


def epoch_micros_sql(column: str) -> str:
    """Return an expression for a moment as microseconds since 1970, UTC.

    It holds no percent sign, as `strftime` would need: Django takes `%s` for a parameter, in quotes as well.
    """
    return (
        f"(CAST(round((julianday(substr({column}, 1, 19)) - 2440587.5) * 86400) AS INTEGER) * 1000000 + "
        f"CASE WHEN length({column}) > 20 THEN CAST(substr({column} || '000000', 21, 6) AS INTEGER) ELSE 0 END)"
    )


def insert_rows(connection: Any, into: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows at once; `into` is `table (columns)`."""
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - names are ours


def delete_ids(connection: Any, table: str, column: str, ids: list[Any]) -> None:
    """Delete the rows of those ids."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {column} = %s", [(each,) for each in ids])  # noqa: S608


def stream(connection: Any, sql: str, values: list[Any], *, chunk: int) -> Any:
    """Yield the rows of a query in constant memory."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(chunk):
            yield from rows


def capped_count_sql(*, table: str, group: str) -> str:
    """Return a statement that counts rows of groups (JSON list), each and together up to a cap."""
    return (
        f"SELECT count(*) FROM (SELECT 1 FROM json_each(%s) s JOIN {table} i ON i.{group} = s.value "  # noqa: S608
        "LIMIT min(%s, %s))"
    )
