"""What readers get of agencies and members."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyContact:
    """What an agency published of itself: names and its liaison desk, never a unit or a person's post."""

    code: str
    name_en: str
    name_es: str
    country: str
    participant: str
    liaison_name: str
    liaison_phone: str
    liaison_email: str
