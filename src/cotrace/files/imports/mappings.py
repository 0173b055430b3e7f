"""Opening mapping files and code lists: small files that ship, or that an agency writes itself."""

import csv
from pathlib import Path

from cotrace.files.imports.limits import MIB
from cotrace.files.rules.mapping import TableMapping, parse_mapping
from cotrace.foundation.errors import Invalid


def load_mapping(path: Path) -> TableMapping:
    """Read a mapping file. Raises `Invalid`."""
    try:
        with path.open("rb") as source:
            text = source.read(MIB + 1)
    except (OSError, ValueError) as error:
        raise Invalid("mapping_not_found") from error
    if len(text) > MIB:
        raise Invalid("mapping_too_large", limit_bytes=MIB)
    try:
        return parse_mapping(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid("mapping_not_text") from error


def load_code_list(path: Path) -> frozenset[str]:
    """Read the column `code` of a shipped CSV."""
    with path.open(encoding="utf-8", newline="") as source:
        return frozenset(row["code"] for row in csv.DictReader(source))
