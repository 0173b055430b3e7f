"""Lists, counts and point reads among 100,000 and then a million holdings of 200 agencies, 500 agreements.

What is measured is what a reader does; what is compared is the same read with 900,000 more rows that the
reader may not see, and a point read without any visibility.
"""

import json
from datetime import timedelta

from django.db import connection

from benchmarks.ground import database, median_ms, say, scaled
from cotrace.foundation import clock
from cotrace.foundation.principal import Door, Principal
from cotrace.sharing.holding import HoldingKind, register_kind
from cotrace.sharing.models import Agreement, Grant, Holding, Shelf
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get, newest_rows, scope_count
from cotrace.sharing.selectors.scope import scope_of

AGENCIES = 200
AGREEMENTS = 500
PARTNERS = 40
VISIBLE_ROWS = scaled(100_000)
HIDDEN_ROWS = scaled(900_000)
CAPS = (Level.FULL, Level.TEAR_LINE, Level.POINTER, Level.NOTHING)
KIND = "bench"
_NUMBER = "'BN-BENCH-' || substr(h, 1, 4) || '-' || substr(h, 5, 4) || '-' || substr(h, 9, 4)"
_COLUMNS = "id, shelf_id, owner, handling, sensitivity, created_by, created_at, sort_on, follows"
HOLDINGS = {
    "postgresql": (
        f"INSERT INTO sharing_holding ({_COLUMNS}) SELECT {_NUMBER}, (%(shelves)s::json ->> (n %% %(of)s)::int)::int, "
        "'AG', '', '', 'x', now(), date '2020-01-01' + (n * 7) %% 2000, '' "
        "FROM (SELECT n, upper(md5(%(seed)s || n)) AS h FROM generate_series(1, %(count)s) n) q ON CONFLICT DO NOTHING"
    ),
    "sqlite": (
        "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %(count)s), "
        "q AS MATERIALIZED (SELECT n, upper(md5(%(seed)s || n)) AS h FROM s), "
        "k AS MATERIALIZED (SELECT key, value FROM json_each(%(shelves)s)) "
        f"INSERT INTO sharing_holding ({_COLUMNS}) SELECT {_NUMBER}, k.value, 'AG', '', '', 'x', "
        "CURRENT_TIMESTAMP, date('2020-01-01', ((n * 7) %% 2000) || ' days'), '' "
        "FROM q JOIN k ON k.key = n %% %(of)s WHERE true ON CONFLICT DO NOTHING"
    ),
}
"""How holdings are written by each engine, in one statement."""

register_kind(HoldingKind(kind=KIND, prefix="BN", page="home"))
READER = Principal(
    id="reader", agency="AG000", door=Door.TEST, purpose="criminal_investigation", permissions=frozenset()
)


def agencies_and_agreements() -> None:
    """Write shelves for every agency, and agreements of which forty are the reader's."""
    now = clock.now()
    codes = [f"AG{number:03}" for number in range(AGENCIES)]
    Shelf.objects.bulk_create(
        Shelf(owner=code, kind=KIND, category=category, cap=cap)
        for code in codes
        for category in ("guns", "money")
        for cap in CAPS
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(
            id=f"AG-BENCH-{number}",
            title_en="x",
            title_es="x",
            state="in_force",
            starts_on=now.date(),
            review_on=now.date(),
            drafted_by="x",
            created_at=now,
        )
        for number in range(AGREEMENTS)
    )
    grants = []
    for number, agreement in enumerate(agreements):
        owner = codes[1 + number % (AGENCIES - 1)]
        viewer = codes[0] if number < PARTNERS else codes[1 + (number * 7) % (AGENCIES - 1)]
        for category in ("guns", "money"):
            grants.append(
                Grant(
                    viewer=viewer,
                    owner=owner,
                    category=category,
                    purpose="",
                    level=Level.TEAR_LINE,
                    valid_from_at=now - timedelta(days=1),
                    agreement=agreement,
                )
            )
    Grant.objects.bulk_create(each for each in grants if each.viewer != each.owner)


def holdings(*, visible: bool, count: int, seed: str) -> None:
    """Write holdings on shelves that the reader sees, or on those it does not."""
    shelves = list(scope_of(READER, kind=KIND).decisions)
    if not visible:
        shelves = list(Shelf.objects.filter(kind=KIND).exclude(pk__in=shelves).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(HOLDINGS[connection.vendor], {"shelves": json.dumps(shelves), "of": len(shelves), "seed": seed, "count": count})
        cursor.execute("ANALYZE sharing_holding")


def measured() -> dict[str, float]:
    """Take the times of a reader's list, count and point read, and of a point read without visibility."""
    scope = scope_of(READER, kind=KIND)
    number = newest_rows(scope)[0].id
    return {
        "scope": median_ms(lambda: scope_of(READER, kind=KIND)),
        "newest_50": median_ms(lambda: newest_rows(scope)),
        "list": median_ms(lambda: newest_rows(scope_of(READER, kind=KIND))),
        "count": median_ms(lambda: scope_count(scope)),
        "point": median_ms(lambda: holding_get_by(number)),
        "point_unfiltered": median_ms(lambda: Holding.objects.select_related("shelf").get(pk=number), times=100),
    }


def holding_get_by(number: str) -> object:
    """Read one holding as the reader does; its number has no check character here."""
    from unittest.mock import patch

    with patch("cotrace.sharing.selectors.holdings.normal_number", lambda text: text):
        return holding_get(READER, number=number)


def main() -> None:
    """Print times before and after 900,000 invisible rows, and their ratios."""
    with database() as engine:
        if engine != "postgresql":
            return
        agencies_and_agreements()
        holdings(visible=True, count=VISIBLE_ROWS, seed="seen")
        before = measured()
        holdings(visible=False, count=HIDDEN_ROWS, seed="hidden")
        after = measured()
        total = Holding.objects.count()
    say(
        "visibility",
        engine=engine,
        holdings=total,
        list_ms=round(after["list"], 1),
        list_of_50_ms_target=round(after["list"] / 50, 2),
        count_ms=round(after["count"], 1),
        list_after_by_before=round(after["list"] / before["list"], 2),
        count_after_by_before=round(after["count"] / before["count"], 2),
        scope_ms=round(after["scope"], 1),
        point_by_unfiltered=round(after["point"] / after["point_unfiltered"], 2),
    )
