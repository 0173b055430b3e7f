"""The list and the single object never disagree: scope = per-object answer, on random worlds."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.sharing.holding import HoldingKind, register_kind
from cotrace.sharing.models import Agreement, Circle, CircleMember, EmergencySession, Grant, Holding
from cotrace.sharing.rules.levels import LISTED_FROM, Level
from cotrace.sharing.selectors.holdings import holding_get, newest_rows, pointer_rows, scope_count
from cotrace.sharing.selectors.scope import scope_of
from cotrace.sharing.services.holdings import Placing, holding_create
from tests.support.world import agent

register_kind(HoldingKind(kind="thing", prefix="TH", page="home"))
CODES = ("ATF", "FGR", "ICE")
CIRCLES = ("", "CI-A", "CI-B")

levels = st.sampled_from(list(Level))
holdings = st.lists(
    st.tuples(
        st.sampled_from(CODES), st.sampled_from(["guns", "money"]), levels, st.sampled_from(CIRCLES), st.integers(0, 5)
    ),
    max_size=14,
)
grants = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(CODES),
        st.sampled_from(["guns", "money", "*"]),
        st.sampled_from(["", "criminal_investigation", "immigration"]),
        levels,
        st.sampled_from([-1, 1]),
        st.sampled_from(["in_force", "suspended"]),
    ),
    max_size=8,
)
memberships = st.lists(st.tuples(st.sampled_from(CIRCLES[1:]), st.sampled_from(CODES), levels), max_size=4, unique_by=lambda m: m[:2])


def build(world_holdings, world_grants, world_memberships, emergency) -> list[Holding]:
    now = clock.now()
    for circle in CIRCLES[1:]:
        Circle.objects.create(id=circle, owner="FGR", name=circle, created_by="x", created_at=now)
    for circle, code, level in world_memberships:
        CircleMember.objects.create(
            circle_id=circle, member=agent(code).id, level=level, added_by="x", added_at=now
        )
    for owner, viewer, category, purpose, level, direction, state in world_grants:
        agreement = Agreement.objects.create(
            id=f"AG-{Agreement.objects.count()}", title_en="x", title_es="x", state=state,
            starts_on=now.date(), review_on=now.date(), drafted_by=owner, created_at=now,
        )
        Grant.objects.create(
            owner=owner, viewer=viewer, category=category, purpose=purpose, level=level,
            valid_from_at=now - timedelta(days=2), valid_to_at=now + timedelta(days=direction), agreement=agreement,
        )
    if emergency:
        EmergencySession.objects.create(
            id="EM-1", member=agent(emergency).id, agency=emergency, reason="x", opened_at=now, ends_at=now + timedelta(hours=1)
        )
    made = []
    for owner, category, cap, circle, day in world_holdings:
        placing = Placing(kind="thing", category=category, cap=cap, sort_on=date(2026, 1, 1 + day))
        row = holding_create(agent(owner), placing=placing)
        row.shelf.circle = circle
        row.shelf, _ = type(row.shelf).objects.get_or_create(
            owner=owner, kind="thing", category=category, cap=cap, circle=circle
        )
        row.save()
        made.append(row)
    return made


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(holdings, grants, memberships, st.sampled_from(["", *CODES]))
def test_lists_counts_and_single_reads_agree(db, stopped_clock, world_holdings, world_grants, world_memberships, emergency) -> None:
    with transaction.atomic():
        made = build(world_holdings, world_grants, world_memberships, emergency)
        for code in CODES:
            reader = agent(code)
            scope = scope_of(reader, kind="thing")
            alone = {}
            for row in made:
                try:
                    alone[row.pk] = holding_get(reader, number=row.pk).level
                except NotFound:
                    alone[row.pk] = Level.NOTHING
            visible = {pk: level for pk, level in alone.items() if level >= LISTED_FROM}
            dated = newest_rows(scope)
            listed = {row.id: row.level for row in [*dated, *pointer_rows(scope)]}
            assert listed == visible
            assert scope_count(scope).number == len(visible)
            assert [(r.sort_on, r.id) for r in dated] == sorted(((r.sort_on, r.id) for r in dated), reverse=True)
        transaction.set_rollback(True)
