"""Permission codes are declared by each subject in its `permissions.py` as a StrEnum.

This registry lets the doors and the architecture tests list them all; it decides nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

_declared: dict[str, "DeclaredPermission"] = {}


@dataclass(frozen=True, slots=True)
class DeclaredPermission:
    """A permission code and the sentence that says what it lets a person do."""

    code: str
    sentence: str


class PermissionEnum(StrEnum):
    """Base of the subjects' permission enumerations: member = (code, sentence)."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> "PermissionEnum":
        """Register the code with its sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        if code in _declared:
            raise ValueError(f"permission declared twice: {code}")
        _declared[code] = DeclaredPermission(code, sentence)
        return member


PUBLIC = "public"
"""In the permission map: no sign-in needed."""

SIGNED_IN = "signed_in"
"""In the permission map: any signed-in member."""


def declared_permissions() -> dict[str, DeclaredPermission]:
    """Return every declared permission by code."""
    return dict(_declared)
