"""Described guns as a kind of holding."""

from cotrace.sharing.holding import HoldingKind, register_kind

KIND = "firearm"
CATEGORY = "firearm"
SEIZURE_KIND = "seizure"
"""The kind of the holding a gun hangs on; its room lies above this one, so it is known by name."""

register_kind(HoldingKind(kind=KIND, prefix="FA", page="firearms:detail", is_part=True))
