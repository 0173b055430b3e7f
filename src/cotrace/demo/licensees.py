"""The synthetic licensees on disk and in the centre's register: keys, record files, entries."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cotrace.demo.centres import CENTRE as CENTRE_AGENCY
from cotrace.demo.people import Cast
from cotrace.demo.rules.books import Books
from cotrace.demo.rules.licensees import BY_KEY, CONNECTED, LICENSEES, Channel, SyntheticLicensee
from cotrace.foundation.principal import Principal
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.exports.key_files import PUBLIC_SUFFIX, create_key_pair, read_public_key
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.record_rows import COLUMNS
from cotrace.tracing.selectors.register import licensee_get
from cotrace.tracing.services.register import LicenseeValues, licensee_put

FOLDER = "licensees"
SILENT_PORT = 9
"""Where nobody listens: the port of the old discard service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseeFiles:
    """What a connector of the demo runs on. `centre_key` is the public half of the centre's key."""

    licensee: SyntheticLicensee
    records: Path
    key: Path
    centre_key: Path


def files_of(home: Path) -> tuple[LicenseeFiles, ...]:
    """Return the files of the licensees whose connectors run; none where the world was built without."""
    if not (home / FOLDER).exists():
        return ()
    return tuple(
        LicenseeFiles(
            licensee=each,
            records=home / FOLDER / each.key / "records.csv",
            key=_key_file(home, each),
            centre_key=home / "keys" / f"{CENTRE}.key{PUBLIC_SUFFIX}",
        )
        for each in CONNECTED
    )


def files_written(home: Path, books: Books) -> tuple[LicenseeFiles, ...]:
    """Make the centre's key, every connector's key, and the books of those that run; return the latter's files."""
    home_signer(CENTRE)
    for each in LICENSEES:
        if each.channel is Channel.TELEPHONE:
            continue
        path = _key_file(home, each)
        path.parent.mkdir(parents=True, mode=0o700)
        create_key_pair(path)
    found = files_of(home)
    for files in found:
        _write_book(files.records, books[files.licensee.key])
    return found


def _key_file(home: Path, licensee: SyntheticLicensee) -> Path:
    return home / FOLDER / licensee.key / "licensee.key"


def _write_book(path: Path, rows: list[dict[str, str]]) -> None:
    names = [name for name in COLUMNS if any(row.get(name) for row in rows) or name in ("serial", "disposition")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row.get("disposed_on", ""), row["serial"])))


def register_written(principal: Principal, *, home: Path, ports: Mapping[str, int]) -> int:
    """Enter every synthetic licensee in the centre's register; return how many. `ports` are by the licensee's key."""
    for each in LICENSEES:
        licensee_put(principal, values=_entry(home, each, ports))
    return len(LICENSEES)


def _entry(home: Path, each: SyntheticLicensee, ports: Mapping[str, int]) -> LicenseeValues:
    port = {**ports, "dealer_silent": SILENT_PORT}.get(each.key)
    public_key = _key_file(home, each).with_name(f"licensee.key{PUBLIC_SUFFIX}")
    return LicenseeValues(
        number=each.number,
        name=each.name,
        role=each.role,
        names=each.marks,
        address=each.place,
        phone=each.phone,
        url=address_of(port) if port else "",
        keys=(read_public_key(public_key).text,) if port else (),
        reach=Reach.LOOPBACK if port else Reach.PUBLIC,
        is_open=each.is_open,
        successor=BY_KEY[each.successor].number if each.successor else "",
    )


def address_of(port: int) -> str:
    """Return the address of a connector of this machine."""
    return f"http://127.0.0.1:{port}"


def ports_told(ports: Mapping[str, int]) -> None:
    """Tell the register where the connectors listen now; whatever else people changed in it stays."""
    principal = Cast().builder(CENTRE_AGENCY)
    for key, port in ports.items():
        entry = licensee_get(principal, number=BY_KEY[key].number)
        if entry.url == address_of(port):
            continue
        values = LicenseeValues(
            number=entry.number,
            name=entry.name,
            role=entry.role,
            names=entry.names,
            address=entry.address,
            phone=entry.phone,
            url=address_of(port),
            keys=entry.keys,
            reach=Reach.LOOPBACK,
            is_open=entry.is_open,
            successor=entry.successor,
            is_held=entry.is_held,
        )
        licensee_put(principal, values=values, version=entry.version)
