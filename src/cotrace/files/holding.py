"""The kinds of record that take attachments; each subject registers its own when its app is ready.

So an upper room says by which of its permissions its records' attachments are seen, added and withdrawn, and this room
asks for them without knowing the upper one.
"""

from dataclasses import dataclass

PREFIX = "AT"
"""How the numbers of attachments begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachableKind:
    """A kind of holding whose records take attachments, and the permissions that seeing and changing them asks for."""

    kind: str
    read: str
    add: str
    withdraw: str


_kinds: dict[str, AttachableKind] = {}


def register_attachable(kind: AttachableKind) -> None:
    """Let records of a kind take attachments; a second registration must be the same."""
    known = _kinds.setdefault(kind.kind, kind)
    if known != kind:
        raise ValueError(f"attachable kind registered twice: {kind.kind}")


def attachable_kind(kind: str) -> AttachableKind | None:
    """Return how records of a kind take attachments, None where they take none."""
    return _kinds.get(kind)
