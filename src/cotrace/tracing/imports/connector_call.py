"""One HTTP call to a pinned address: no redirects, no proxies, no second look-up, a deadline over all."""

import errno
import os
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpcore

from cotrace.tracing.imports.connector_address import PinnedAddress
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import ConnectorLimits

CA_FILE_BYTES = 1024 * 1024
"""More than any authority's file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is sent, where, and within which limits."""

    address: PinnedAddress
    body: bytes
    headers: tuple[tuple[str, str], ...]
    limits: ConnectorLimits
    deadline: float
    ca_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """What came back, unread. Header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def deadline_after(seconds: float) -> float:
    """Name the moment `seconds` from now on the clock that never jumps."""
    return time.monotonic() + seconds


def seconds_left(deadline: float) -> float:
    """Say how long there is until a deadline; below zero when it has passed."""
    return deadline - time.monotonic()


def post(call: Call) -> RawAnswer:
    """Send a body and read the whole answer.

    Raises: ConnectorFailed slow, unreachable, answer_too_large or answer_malformed.
    """
    network = _PinnedNetwork(call)
    try:
        context = _tls_context(call)
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=network) as pool,
            pool.stream(
                "POST",
                call.address.url,
                headers=list(call.headers),
                content=call.body,
                extensions={"timeout": _timeouts(call.limits)},
            ) as response,
        ):
            return _read(response, call.limits.answer_bytes)
    except httpcore.TimeoutException:
        raise ConnectorFailed(ConnectorFailure.SLOW) from None
    except httpcore.ProtocolError:
        broke_off = network.has_ended
        failure = ConnectorFailure.UNREACHABLE if broke_off else ConnectorFailure.ANSWER_MALFORMED
        raise ConnectorFailed(failure) from None
    except (httpcore.NetworkError, OSError):
        raise ConnectorFailed(ConnectorFailure.UNREACHABLE) from None


def _read(response: httpcore.Response, most_bytes: int) -> RawAnswer:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > most_bytes:
            raise ConnectorFailed(ConnectorFailure.ANSWER_TOO_LARGE, most_bytes=most_bytes)
    return RawAnswer(status=response.status, headers=headers, body=bytes(body))


def _timeouts(limits: ConnectorLimits) -> dict[str, float]:
    return {
        "connect": limits.connect_s,
        "read": limits.read_s,
        "write": limits.read_s,
        "pool": limits.total_s,
    }


def _tls_context(call: Call) -> ssl.SSLContext | None:
    if call.address.scheme != "https":
        return None
    return _system_trust() if call.ca_file is None else _trusting(call.ca_file)


@cache
def _system_trust() -> ssl.SSLContext:
    """Trust the system's authorities; read once, because reading them takes longer than a call."""
    return _trusting(None)


def _trusting(ca_file: str | None) -> ssl.SSLContext:
    """Trust an authority's file, or the system's. Raises OSError for what is no plain file of a size such files have.

    A register's entry names the file: a pipe or a device would be read for ever.
    """
    if ca_file is not None and (not Path(ca_file).is_file() or Path(ca_file).stat().st_size > CA_FILE_BYTES):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), ca_file)
    context = ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _PinnedNetwork(httpcore.NetworkBackend):
    """Dials the pinned address whatever name it is given, and notes when the other side hangs up."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._inner = httpcore.SyncBackend()
        self.has_ended = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Open the connection, within what is left of the call's time."""
        del host, local_address
        stream = self._inner.connect_tcp(
            self._call.address.ip,
            port,
            timeout=self.within(timeout),
            socket_options=socket_options,
        )
        return _DeadlineStream(stream, self)

    def within(self, timeout: float | None) -> float:
        """Shorten a time-out to what is left of the whole call. Raises: httpcore.ReadTimeout."""
        left = seconds_left(self._call.deadline)
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every step ends with the call's deadline, so that dripping bytes don't stretch it."""

    def __init__(self, inner: httpcore.NetworkStream, network: _PinnedNetwork) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes; none means that the other side hung up."""
        chunk = self._inner.read(max_bytes, timeout=self._network.within(timeout))
        self._network.has_ended = self._network.has_ended or not chunk
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._inner.write(buffer, timeout=self._network.within(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Secure the connection; the certificate must name the registered host."""
        stream = self._inner.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=self._network.within(timeout)
        )
        return _DeadlineStream(stream, self._network)

    def get_extra_info(self, info: str) -> object:
        """Pass on what the HTTP library asks about the connection."""
        extra: object = self._inner.get_extra_info(info)
        return extra
