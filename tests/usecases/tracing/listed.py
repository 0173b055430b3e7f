"""The cut of ATF's published list that these tests load, and lists of their own in its form."""

from pathlib import Path

from cotrace.foundation.principal import installation_principal
from cotrace.tracing.imports.published import published_load
from cotrace.tracing.reads.published import ListLoaded
from cotrace.tracing.rules.ffl_numbers import short_of
from cotrace.tracing.rules.published_rows import PublishedValues
from cotrace.tracing.rules.trace_view import KnownLicensee
from cotrace.tracing.services.published import published_put

REAL_CUT = Path(__file__).with_name("atf_ffl_list_2013-05.txt")
HEADER = (
    "Lic Regn", "Lic Dist", "Lic Cnty", "Lic Type", "Lic Xprdte", "Lic Seqn", "License Name", "Business Name",
    "Premise Street", "Premise City", "Premise State", "Premise Zip Code", "Mail Street", "Mail City", "Mail State",
    "Mail Zip Code", "Voice Phone",
)  # fmt: skip
RULER = tuple("-" * len(name) for name in HEADER)
EDITION = "2024-01"


def line(number: str, **changes: str) -> str:
    """Return a line of the list for a licence number."""
    row = dict.fromkeys(HEADER[6:], "") | {
        "License Name": "LINDERO ARMS LLC",
        "Business Name": "NULL",
        "Premise Street": "12 LINDERO RD",
        "Premise City": "EL PASO",
        "Premise State": "TX",
        "Premise Zip Code": "79901",
        "Voice Phone": "9155550144",
    }
    said = {name.replace("_", " "): value for name, value in changes.items()}
    return "\t".join((*number.split("-"), *(row | said).values()))


def listing(path: Path, *lines: str, end: str = "\n") -> Path:
    """Write a list with its header and ruler."""
    path.write_text("\n".join(("\t".join(HEADER), "\t".join(RULER), *lines)) + end)
    return path


def loaded(path: Path, edition: str = EDITION) -> ListLoaded:
    """Load a list as the operator."""
    return published_load(installation_principal(), file=path, edition=edition)


def published(*licensees: KnownLicensee) -> None:
    """Publish licensees of these tests, without a file."""
    rows = [
        PublishedValues(
            key=short.key, number=each.number, licence_type=each.number[9:11], licence_name=each.name.upper(),
            business_name="", street="1 GULF RD", city="EL PASO", state="TX", zip_code="79901", phone="9155550144",
        )
        for each in licensees
        if (short := short_of(each.number))
    ]  # fmt: skip
    published_put(installation_principal(), edition=EDITION, batch=rows)
