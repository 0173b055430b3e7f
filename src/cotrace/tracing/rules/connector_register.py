"""What the centre's register says about a connector: where it is, how near, whose key.

Decides which network addresses may be dialled for an entry, so that no entry and no name server can
point the centre at its own inside. Source: docs/connector-protocol.md section 9; RFC 6890.
Tests: tests/security/tracing/test_connector_addresses.py.
"""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from cotrace.foundation.rules.signatures import PublicKey

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.ip_network("64:ff9b::/32")


class Reach(StrEnum):
    """Where a connector may be: on the public network, on the centre's private one, on this machine."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """A register entry. `keys`: the licensee's pinned keys, two while it changes one.

    `ca_file`: the certificate authority to trust instead of the system's, for private networks.
    """

    licensee: str
    url: str
    keys: tuple[PublicKey, ...]
    reach: Reach = Reach.PUBLIC
    ca_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorLimits:
    """How long and how much. `total_s` bounds the whole call, however the bytes drip."""

    connect_s: float = 3.0
    read_s: float = 5.0
    total_s: float = 15.0
    answer_bytes: int = 64 * 1024


def is_dialable(address: IpAddress, reach: Reach) -> bool:
    """Say whether an address lies where the register says the connector is."""
    plain = _unwrapped(address)
    if plain is None or plain.is_multicast or plain.is_unspecified or plain.is_link_local:
        return False
    match reach:
        case Reach.LOOPBACK:
            return plain.is_loopback
        case Reach.PRIVATE:
            return plain.is_private and not plain.is_loopback and not plain.is_reserved
        case Reach.PUBLIC:
            return plain.is_global and not plain.is_reserved and not _is_site_local(plain)


def _is_site_local(address: IpAddress) -> bool:
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local


def _unwrapped(address: IpAddress) -> IpAddress | None:
    """Take an IPv4 address out of its IPv6 dress; None for dresses that hide where they lead."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    is_hiding = address.sixtofour is not None or address.teredo is not None or address in _TRANSLATED
    return None if is_hiding else address
