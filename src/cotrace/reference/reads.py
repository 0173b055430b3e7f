"""What readers get of a code table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRead:
    """One code with both labels; latitude and longitude in degrees (WGS 84) where it is a place."""

    code: str
    label_en: str
    label_es: str
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def label(self, language: str) -> str:
        """Return the label in the reader's language."""
        return self.label_es if language.startswith("es") else self.label_en


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A shipped code table: what it is, and the CSV that holds it."""

    code: str
    title_en: str
    title_es: str
    source: str
    version: str
    file: str
