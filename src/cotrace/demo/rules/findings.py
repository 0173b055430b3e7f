"""Decides which of the synthetic seizures have described guns beside those that are traced.

A seventh of the seizures that log guns, up to three guns of each, never more than the log counts; only agencies of
the cast describe. Tests: tests/unit/demo/test_guns.py.
"""

import random
from collections.abc import Sequence

from cotrace.demo.rules.guns import drawn_gun
from cotrace.demo.rules.seizures import SyntheticSeizure
from cotrace.firearms.rules.description import FirearmValues

DESCRIBED_SHARE = 1 / 7
MOST_GUNS = 3
DESCRIBING = frozenset({"FGE-SON", "FGR", "ATF", "ICE-HSI", "PD-EP"})


def described_guns(seed: int, *, seizures: Sequence[SyntheticSeizure]) -> dict[int, tuple[FirearmValues, ...]]:
    """Return the guns that were described, by the place of their seizure among `seizures`."""
    dice = random.Random(f"guns:{seed}")  # noqa: S311 - a synthetic world, not a secret
    found: dict[int, tuple[FirearmValues, ...]] = {}
    for place, seizure in enumerate(seizures):
        kinds = _kinds(seizure)
        if not kinds or seizure.owner not in DESCRIBING or dice.random() >= DESCRIBED_SHARE:
            continue
        dice.shuffle(kinds)
        found[place] = tuple(
            drawn_gun(dice, is_long=is_long, exhibit=str(number))
            for number, is_long in enumerate(kinds[: dice.randint(1, MOST_GUNS)], start=1)
        )
    return found


def _kinds(seizure: SyntheticSeizure) -> list[bool]:
    """Return for each gun that was logged whether it is a long one."""
    amounts = seizure.values.amounts
    long_guns = amounts["long_guns"].quantity or 0
    short_guns = amounts["short_guns"].quantity or 0
    return [True] * long_guns + [False] * short_guns
