"""What readers get of a code table."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRead:
    """One code with both labels; latitude and longitude in degrees (WGS 84) where it is a place.

    A retired code left its list; records that name it keep its label.
    """

    code: str
    label_en: str
    label_es: str
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_retired: bool = False

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A code table as loaded: where it came from, how many codes it has now, and when it came in."""

    code: str
    title_en: str
    title_es: str
    source: str
    version: str
    entries: int
    loaded_at: datetime

    def title(self, language: str) -> str:
        """Return the title in the reader's language."""
        return self.title_es if language.startswith("es") else self.title_en


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """One page of a table by code: how many fit in all, and the cursor of the next page, empty at the end."""

    table: TableRead
    rows: tuple[CodeRead, ...]
    found: int
    later: str
