"""The tracing centre of these tests: ATF, with three licensees whose real connectors run in this process.

The gun: made by Sierra Arms, shipped to Plains Supply, on to Paso Guns, sold to Avery Núñez Lund.
"""

import csv
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cotrace.foundation.principal import Principal, installation_principal
from cotrace.tracing.exports.connector_server import ServeOptions, open_server
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.exports.key_files import create_key_pair, read_public_key
from cotrace.tracing.models import LicenseeEntry
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.trace_view import KnownLicensee
from cotrace.tracing.services.register import (
    NEW_ENTRY,
    CentreValues,
    LicenseeValues,
    centre_put,
    licensee_put,
)
from cotrace.tracing.services.requests import trace_submit
from tests.support.world import agent
from tests.unit.tracing.builders import DEALER, GUN, MAKER, WHOLESALER, complete_request

CALL_BACK = "+1 304 555 0100"
SURNAME = "Núñez Lund"
HOLD_REASON = "Its owner is a suspect in this investigation."
LICENSEES = (MAKER, WHOLESALER, DEALER)

Row = dict[str, str]


def shipped(serial: str, to: KnownLicensee, on: str) -> Row:
    """A line of a book: the gun went on to a licensee."""
    return {
        "serial": serial,
        "make": "Sierra Arms",
        "model": "S17",
        "calibre": "9MM",
        "disposition": "shipped_to",
        "disposed_on": on,
        "to_number": to.number,
        "to_name": to.name,
    }


def sold(serial: str, on: str = "2023-06-15") -> Row:
    """A line of a book: the gun was sold to the buyer of these tests."""
    return {
        "serial": serial,
        "make": "Sierra Arms",
        "disposition": "sold_to_purchaser",
        "disposed_on": on,
        "family_names": SURNAME,
        "given_names": "Avery",
        "birth_date": "1988-05-17",
        "street": "12 Lindero Rd",
        "form_reference": "4473-88",
    }


def books(serial: str = "ABC-1234") -> dict[str, list[Row]]:
    """The books of the three licensees, by licence number."""
    return {
        MAKER.number: [shipped(serial, WHOLESALER, "2023-02-01")],
        WHOLESALER.number: [shipped(serial, DEALER, "2023-02-10")],
        DEALER.number: [sold(serial)],
    }


def write_book(path: Path, rows: list[Row]) -> None:
    """Write a records file."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["serial", "disposition"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def tracer(name: str = "one") -> Principal:
    """A tracer of the centre, who may release too."""
    return agent("ATF", name=name)


def centre_exists() -> None:
    """Name ATF as the tracing centre."""
    centre = CentreValues(agency="ATF", call_back=CALL_BACK, is_default=True)
    centre_put(installation_principal(), centre=centre)


def entry(licensee: KnownLicensee, **changes: object) -> LicenseeValues:
    """A register entry without connector."""
    plain = LicenseeValues(
        number=licensee.number, name=licensee.name, role=licensee.role, hold_reason=HOLD_REASON
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def register(*licensees: KnownLicensee, **changes: object) -> None:
    """Enter licensees that are asked by telephone."""
    for each in licensees or LICENSEES:
        put(entry(each, **changes))


def put(values: LicenseeValues) -> None:
    """Enter a licensee, or change the entry as it is now."""
    known = LicenseeEntry.objects.filter(owner="ATF", number_key=licence_key(values.number)).first()
    licensee_put(tracer(), values=values, version=known.version if known else NEW_ENTRY)


def register_at(licensee: KnownLicensee, port: int, key: Path, **changes: object) -> None:
    """Enter a licensee with a connector at a port of this machine."""
    values = entry(
        licensee,
        url=f"http://127.0.0.1:{port}",
        keys=(read_public_key(key.with_name(key.name + ".pub")).text,),
        reach=Reach.LOOPBACK,
        **changes,
    )
    put(values)


@dataclass(frozen=True, slots=True)
class Connectors:
    """Where the connectors' files are: `KEY.key`, `KEY.csv`, `KEY.csv.log`, KEY the last four of the licence."""

    home: Path

    def key(self, licensee: KnownLicensee) -> Path:
        """The licensee's private key file."""
        return self.home / f"{licensee.number[-4:]}.key"

    def log(self, licensee: KnownLicensee) -> str:
        """The licensee's answer log."""
        return (self.home / f"{licensee.number[-4:]}.log").read_text("utf-8")


@contextmanager
def connectors(
    home: Path, filled: dict[str, list[Row]] | None = None, *, licensees: tuple[KnownLicensee, ...] = LICENSEES
) -> Iterator[Connectors]:
    """Run the real connector of each licensee in a thread and enter them in the register."""
    found = Connectors(home)
    centre_key = home / "centre.pub"
    centre_key.write_text(home_signer(CENTRE).public_key.text)
    with ExitStack() as stack:
        for licensee in licensees:
            name = licensee.number[-4:]
            create_key_pair(home / f"{name}.key")
            write_book(home / f"{name}.csv", (filled or books()).get(licensee.number, []))
            options = ServeOptions(
                licence=licensee.number,
                records=home / f"{name}.csv",
                log=home / f"{name}.log",
                key=home / f"{name}.key",
                centre_keys=(centre_key,),
            )
            server, _ = stack.enter_context(open_server(options))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            register_at(licensee, server.server_port, home / f"{name}.key")
        yield found


def document(serial: str = "ABC-1234", **changes: object) -> TraceRequestDocument:
    """A complete request for a gun of these tests, recovered in January 2024."""
    return complete_request(gun=replace(GUN, serial=serial), **changes)


def submit(serial: str = "ABC-1234", *, agency: str = "FGE-SON", **changes: object) -> str:
    """Submit a request for the gun; return its number."""
    return trace_submit(agent(agency), document=document(serial, **changes))


RECOVERED_ON = date(2024, 1, 20)
