"""Decides whom the synthetic tracing centre can ask, and how: by connector, by telephone, or not at all.

Authority: DESIGN section 11 on a small scale: half of those in business without connector, some never answer, some
closed, with or without a successor. Every one of them is invented: regions of real licence numbers are 1 to 9, these
begin with 0, and telephones are of the 555-01xx range. The makes they mark their guns with are real ones, so that a
description by NCIC code finds its way.
Tests: tests/unit/demo/test_licensees.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from cotrace.tracing.rules.trace_view import Role


class Channel(StrEnum):
    """How a licensee can be asked. `silent`: it registered a connector that never answers."""

    CONNECTOR = "connector"
    TELEPHONE = "telephone"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticLicensee:
    """An entry of the register. `marks`: what its guns are marked with; `successor`: the key of another entry."""

    key: str
    number: str
    name: str
    role: Role
    place: str
    phone: str
    channel: Channel = Channel.TELEPHONE
    marks: tuple[str, ...] = ()
    is_open: bool = True
    successor: str = ""


LICENSEES = (
    SyntheticLicensee(
        key="maker",
        number="0-00-000-07-9Z-00001",
        name="Synthetic Arms Works",
        role=Role.MAKER,
        place="Springfield, Massachusetts",
        phone="+1 413 555 0131",
        channel=Channel.CONNECTOR,
        marks=("Colt", "Smith & Wesson", "Anderson Manufacturing"),
    ),
    SyntheticLicensee(
        key="maker_by_telephone",
        number="0-00-000-07-9Z-00002",
        name="Synthetic Foundry",
        role=Role.MAKER,
        place="Prescott, Arizona",
        phone="+1 928 555 0132",
        marks=("Sturm, Ruger & Co.", "Mossberg", "Remington Arms"),
    ),
    SyntheticLicensee(
        key="importer",
        number="0-00-000-08-9Z-00003",
        name="Synthetic Imports",
        role=Role.IMPORTER,
        place="Georgia, Vermont",
        phone="+1 802 555 0133",
    ),
    SyntheticLicensee(
        key="wholesaler",
        number="0-00-000-01-9Z-00004",
        name="Synthetic Wholesale North",
        role=Role.WHOLESALER,
        place="Dallas, Texas",
        phone="+1 214 555 0134",
        channel=Channel.CONNECTOR,
    ),
    SyntheticLicensee(
        key="wholesaler_by_telephone",
        number="0-00-000-01-9Z-00005",
        name="Synthetic Wholesale South",
        role=Role.WHOLESALER,
        place="San Antonio, Texas",
        phone="+1 210 555 0135",
    ),
    SyntheticLicensee(
        key="wholesaler_taken_over",
        number="0-00-000-01-9Z-00006",
        name="Synthetic Wholesale East (closed)",
        role=Role.WHOLESALER,
        place="Shreveport, Louisiana",
        phone="+1 318 555 0136",
        is_open=False,
        successor="wholesaler",
    ),
    SyntheticLicensee(
        key="dealer",
        number="0-00-000-01-9Z-00007",
        name="Synthetic Guns Houston",
        role=Role.DEALER,
        place="Houston, Texas",
        phone="+1 713 555 0137",
        channel=Channel.CONNECTOR,
    ),
    SyntheticLicensee(
        key="dealer_by_telephone",
        number="0-00-000-01-9Z-00008",
        name="Synthetic Guns Tucson",
        role=Role.DEALER,
        place="Tucson, Arizona",
        phone="+1 520 555 0138",
    ),
    SyntheticLicensee(
        key="dealer_silent",
        number="0-00-000-01-9Z-00009",
        name="Synthetic Guns Phoenix",
        role=Role.DEALER,
        place="Phoenix, Arizona",
        phone="+1 602 555 0139",
        channel=Channel.SILENT,
    ),
    SyntheticLicensee(
        key="dealer_closed",
        number="0-00-000-01-9Z-00010",
        name="Synthetic Guns Laredo (closed)",
        role=Role.DEALER,
        place="Laredo, Texas",
        phone="+1 956 555 0140",
        is_open=False,
    ),
    SyntheticLicensee(
        key="dealer_taken_over",
        number="0-00-000-01-9Z-00011",
        name="Synthetic Pawn Houston (closed)",
        role=Role.DEALER,
        place="Houston, Texas",
        phone="+1 713 555 0141",
        is_open=False,
        successor="dealer",
    ),
)

BY_KEY = {each.key: each for each in LICENSEES}

CONNECTED = tuple(each for each in LICENSEES if each.channel is Channel.CONNECTOR)
"""Those whose connectors the demo runs."""


def answering(key: str) -> SyntheticLicensee | None:
    """Return who answers where this licensee is named: itself, its successor, or nobody where it closed without."""
    found = BY_KEY[key]
    while not found.is_open:
        if not found.successor:
            return None
        found = BY_KEY[found.successor]
    return found
