"""Reading the shipped roles: `data/roles.csv` (names) and `data/role_permissions.csv` (what each allows)."""

import csv
from pathlib import Path

from cotrace.agencies.services.roles import RoleLine

DATA = Path(__file__).parent / "data"


def shipped_roles(folder: Path = DATA) -> list[RoleLine]:
    """Return the roles of the shipped tables, in their order.

    Raises ValueError for a permission of a role that `roles.csv` does not name: the tables are ours.
    """
    held: dict[str, list[str]] = {}
    for row in _rows(folder / "role_permissions.csv"):
        held.setdefault(row["role"], []).append(row["permission"])
    lines = [
        RoleLine(
            code=row["role"],
            label_en=row["label_en"],
            label_es=row["label_es"],
            permissions=tuple(held.pop(row["role"], ())),
        )
        for row in _rows(folder / "roles.csv")
    ]
    if held:
        raise ValueError(f"permissions of unknown roles: {', '.join(sorted(held))}")
    return lines


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
