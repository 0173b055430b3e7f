"""The printed cast: who can sign in to the demo, and how each acts while the world is written."""

import csv
import random
import string
from dataclasses import dataclass, field
from pathlib import Path

from cotrace.agencies.selectors import principal_of_session
from cotrace.agencies.services import NewMember, member_add
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, Principal, installation_principal

DATA = Path(__file__).parent / "data"
PURPOSE = "criminal_investigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """A person of the printed cast: how to sign in, and as whom."""

    email: str
    name: str
    agency: str
    roles: tuple[str, ...]
    language: str


@dataclass(slots=True)
class Cast:
    """The members that were written, by address; `first` names an agency's first member, who owns what it records."""

    ids: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def principal(self, email: str) -> Principal:
        """Return a member with no more than the permissions of their roles, as if they had signed in."""
        found = principal_of_session(self.ids[email], door=Door.TERMINAL, session="")
        if found is None:
            raise LookupError(email)
        return found

    def builder(self, agency: str) -> Principal:
        """Return the world's builder acting for an agency: what no single person of the cast may do in a row."""
        return Principal(
            id=self.first.get(agency, "demo"),
            agency=agency,
            door=Door.TERMINAL,
            name="Synthetic world",
            permissions=frozenset(declared_permissions()),
            purpose=PURPOSE,
        )


def demo_password(seed: int) -> str:
    """Return the password the printed cast shares; anybody may know it."""
    dice = random.Random(f"password:{seed}")  # noqa: S311 - printed on the screen
    return "demo-" + "".join(dice.choice(string.ascii_lowercase) for _ in range(8)) + "-2026"


def read_cast() -> tuple[CastMember, ...]:
    """Return the cast that ships."""
    with (DATA / "cast.csv").open(encoding="utf-8", newline="") as source:
        return tuple(
            CastMember(
                email=row["email"],
                name=row["name"],
                agency=row["agency"],
                roles=tuple(row["roles"].split(";")),
                language=row["language"],
            )
            for row in csv.DictReader(source)
        )


def cast_written(members: tuple[CastMember, ...], *, password: str) -> Cast:
    """Add the cast to the database."""
    written = Cast()
    for each in members:
        member = member_add(
            installation_principal(),
            new=NewMember(
                email=each.email,
                name=each.name,
                agency=each.agency,
                roles=each.roles,
                language=each.language,
                password=password,
                is_demo=True,
            ),
        )
        written.ids[each.email] = member
        written.first.setdefault(each.agency, member)
    return written
