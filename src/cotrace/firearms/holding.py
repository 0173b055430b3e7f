"""Described guns as a kind of holding, to which photographs and opinions are attached."""

from cotrace.files.holding import AttachableKind, register_attachable
from cotrace.firearms.permissions import FirearmPermission
from cotrace.sharing.holding import HoldingKind, register_kind

KIND = "firearm"
CATEGORY = "firearm"
SEIZURE_KIND = "seizure"
"""The kind of the holding a gun hangs on; its room lies above this one, so it is known by name."""

register_kind(HoldingKind(kind=KIND, prefix="FA", page="firearms:detail", is_part=True))

register_attachable(
    AttachableKind(
        kind=KIND,
        read=FirearmPermission.READ,
        add=FirearmPermission.DESCRIBE,
        withdraw=FirearmPermission.CORRECT,
    )
)
