"""From a register entry to the one network address that will be dialled."""

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import Connector, IpAddress, Reach, is_dialable
from cotrace.tracing.rules.inquiry import INQUIRIES_PATH

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedAddress:
    """Where to dial and what to call it: `host` goes into the certificate check, `ip` is dialled."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def url(self) -> str:
        """The address of the inquiries, with the registered host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def pinned_address(connector: Connector, *, seconds: float) -> PinnedAddress:
    """Resolve a register entry once.

    Raises: ConnectorFailed address_refused for an entry or a resolution that leads where it may not,
    unreachable or slow when the name does not resolve.
    """
    try:
        parts = urlsplit(connector.url)
        port = parts.port
    except ValueError:
        raise ConnectorFailed(ConnectorFailure.ADDRESS_REFUSED) from None
    is_plain_allowed = connector.reach is Reach.LOOPBACK
    is_scheme_allowed = parts.scheme == "https" or (parts.scheme == "http" and is_plain_allowed)
    is_bare = not (parts.username or parts.password or parts.query or parts.fragment)
    if not is_scheme_allowed or not parts.hostname or not is_bare:
        raise ConnectorFailed(ConnectorFailure.ADDRESS_REFUSED)
    port = port or DEFAULT_PORTS[parts.scheme]
    addresses = _resolve(parts.hostname, port, seconds=seconds)
    if not all(is_dialable(address, connector.reach) for address in addresses):
        raise ConnectorFailed(ConnectorFailure.ADDRESS_REFUSED)
    return PinnedAddress(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port,
        path=parts.path.rstrip("/") + INQUIRIES_PATH,
        ip=str(addresses[0]),
    )


def _resolve(host: str, port: int, *, seconds: float) -> list[IpAddress]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        return _ask_name_server(host, port, seconds=seconds)


def _ask_name_server(host: str, port: int, *, seconds: float) -> list[IpAddress]:
    """Resolve in a thread of its own: the system's resolver takes no time limit."""
    found: queue.Queue[list[IpAddress]] = queue.Queue()

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([ipaddress.ip_address(str(answer[4][0]).split("%")[0]) for answer in answers])
        except (OSError, ValueError):
            found.put([])

    threading.Thread(target=resolve, daemon=True).start()
    try:
        addresses = found.get(timeout=seconds)
    except queue.Empty:
        raise ConnectorFailed(ConnectorFailure.SLOW) from None
    if not addresses:
        raise ConnectorFailed(ConnectorFailure.UNREACHABLE)
    return addresses
