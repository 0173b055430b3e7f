"""When wrong tries lock, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from cotrace.agencies.rules.tries import (
    ACCOUNT_LIMIT,
    LOCK,
    Tries,
    account_key,
    address_key,
    locked_until_at,
    with_one_less,
    with_one_more,
)

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(count: int, *, every: timedelta = MINUTE) -> Tries:
    tries = None
    for place in range(count):
        tries = with_one_more(tries, moment=NOON + place * every)
    assert tries is not None
    return tries


@pytest.mark.parametrize(("count", "is_locked"), [(1, False), (4, False), (5, True), (6, True)])
def test_the_fifth_wrong_try_locks(count: int, is_locked: bool) -> None:
    tries = after(count)
    assert bool(locked_until_at(tries, moment=tries.last_at, limit=ACCOUNT_LIMIT)) is is_locked


def test_a_lock_lasts_a_quarter_of_an_hour_to_the_second() -> None:
    tries = after(5)
    end = tries.last_at + LOCK
    assert locked_until_at(tries, moment=end - timedelta(seconds=1), limit=ACCOUNT_LIMIT) == end
    assert locked_until_at(tries, moment=end, limit=ACCOUNT_LIMIT) is None


def test_after_a_quiet_quarter_of_an_hour_counting_starts_anew() -> None:
    tries = after(4)
    assert with_one_more(tries, moment=tries.last_at + LOCK).count == 1
    assert with_one_more(tries, moment=tries.last_at + LOCK - timedelta(seconds=1)).count == 5


def test_tries_further_apart_than_a_lock_never_lock() -> None:
    assert after(20, every=LOCK).count == 1


def test_a_right_try_is_given_back_and_never_below_nothing() -> None:
    assert with_one_less(after(3)).count == 2
    assert with_one_less(Tries(count=0, last_at=NOON)).count == 0


def test_nothing_counted_is_not_locked() -> None:
    assert locked_until_at(None, moment=NOON, limit=ACCOUNT_LIMIT) is None


def test_keys_of_an_account_do_not_depend_on_case_and_never_meet_those_of_addresses() -> None:
    assert account_key(" Ana@FGR.example ") == account_key("ana@fgr.example")
    assert account_key("192.0.2.1") != address_key("192.0.2.1")
    assert "ana" not in account_key("ana@fgr.example")
