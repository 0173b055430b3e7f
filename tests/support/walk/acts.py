"""An act: one changing request, whose word reaches the visible object, and what comes of it there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.support.walk.things import Thing

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""When both worlds are built and walked."""

Build = Callable[[Thing, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is sent to a route. `json` and `form` get the object of the address and the number that is named inside.

    `by` is the agency whose widest reader reaches the object `on`; `refers` names the object that the body names.
    `outcome` is the status of success there, or the code of the refusal that is meant. `then` is a page that is
    posted next with the name of the search that was kept.
    """

    route: str
    outcome: int | str
    method: str = "POST"
    by: str = "FGE-SON"
    on: str = ""
    further: tuple[tuple[str, str], ...] = ()
    refers: str = ""
    json: Build | None = None
    form: Build | None = None
    query: Build | None = None
    file: tuple[str, str, bytes] | None = None
    then: str = ""

    @property
    def key(self) -> str:
        return f"{self.method} {self.route}"


def says(**fields: object) -> Build:
    """Return what is said whatever the act is on."""
    return lambda _on, _named: fields
