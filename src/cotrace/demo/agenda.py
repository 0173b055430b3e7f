"""What happens in the synthetic world, each at its own moment, in the order of time: the log of the demo reads like one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cotrace.foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that somebody does at a moment."""

    at: datetime
    act: Callable[[], None]


def carry_out(entries: Iterable[Entry]) -> None:
    """Do everything, the earliest first; what falls on one moment in the order given."""
    for each in sorted(entries, key=lambda entry: entry.at):
        with clock.frozen_at(each.at):
            each.act()
