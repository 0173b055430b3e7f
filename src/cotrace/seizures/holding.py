"""Seizures as a kind of holding."""

from cotrace.sharing.holding import HoldingKind, register_kind

KIND = "seizure"
CATEGORY = "seizure"

register_kind(HoldingKind(kind=KIND, prefix="SZ", page="seizures:detail"))
