"""What tests of pages share: signed-in clients, a seizure, and the words a page shows."""

import re
from datetime import date
from html import unescape

from django.test import Client

from cotrace.files.rules.words import Reason
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.services.record import Visibility, seizure_record
from tests.support.sign_in import EVERYTHING, member_exists, signed_in
from tests.support.world import agencies_exist, agent

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)


def cast_exists() -> None:
    """Write the agencies and load the code tables."""
    agencies_exist()
    reference_load(installation_principal())


def client_of(agency: str, *, name: str = "Ana Ruiz", roles: tuple[str, ...] = (EVERYTHING,)) -> Client:
    """Return a client in which a member of the agency is signed in with both factors."""
    return signed_in(Client(), member_exists(agency, name=name, roles=roles))


def seizure_values(**changes: object) -> SeizureValues:
    """Return a seizure near Nogales, Sonora, with changes."""
    given: dict[str, object] = {
        "occurred_on": date(2026, 2, 1),
        "state_code": "26",
        "municipio_code": "26043",
        "place": "Carretera a Ímuris km 4",
        "participants": ("MX-SEDENA",),
        "amounts": {item: Amount(quantity=place + 2) for place, item in enumerate(ITEMS)},
        "detained": Amount(quantity=None, reason=Reason.BLANK),
        "notes": "In crates",
        "tear_line": "Two long guns near the border.",
    }
    return SeizureValues(**(given | changes))  # type: ignore[arg-type]


def seizure_exists(agency: str, *, visibility: Visibility | None = None, **changes: object) -> str:
    """Record a seizure for an agency; return its number."""
    return seizure_record(agent(agency), values=seizure_values(**changes), visibility=visibility)


def words_of(response: object) -> str:
    """Return the text of a page's main part, its spaces joined."""
    html = response.content.decode()  # type: ignore[attr-defined]
    main = html[html.index("<main") : html.index("<footer")] if "<main" in html else html
    return " ".join(unescape(TAGS.sub(" ", main)).split())


def flat(text: str) -> str:
    """Return a text with its spaces joined, to be found in `words_of`."""
    return " ".join(text.split())
