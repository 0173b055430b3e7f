"""Putting a connector together from its files and running it until it is told to stop."""

import ipaddress
import signal
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.exports.connector_server.answer_log import AnswerLog
from cotrace.tracing.exports.connector_server.desk import InquiryDesk
from cotrace.tracing.exports.connector_server.http_door import ConnectorServer
from cotrace.tracing.exports.connector_server.records import read_records
from cotrace.tracing.exports.key_files import read_public_key, read_signer
from cotrace.tracing.rules.gun import LICENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What a connector runs on. Port 0 takes any free port; TLS needs certificate and key files."""

    licence: str
    records: Path
    log: Path
    key: Path
    centre_keys: tuple[Path, ...]
    host: str = "127.0.0.1"
    port: int = 0
    tls_certificate: Path | None = None
    tls_key: Path | None = None


def serve_records(options: ServeOptions, *, announce: Callable[[str, int, int], None]) -> None:
    """Serve a licensee's records until SIGTERM or Ctrl-C.

    `announce` gets host, port and the number of lines once the connector listens.
    Raises: Invalid or Refused for wrong files, a log in use, a port in use, or a public address
    without TLS.
    """
    with open_server(options) as (server, rows):
        _stop_on_signal(server)
        announce(options.host, server.server_port, rows)
        server.serve_forever(poll_interval=0.2)


@contextmanager
def open_server(options: ServeOptions) -> Iterator[tuple[ConnectorServer, int]]:
    """Open a connector, listening but not yet serving, with the number of its lines; close it after."""
    if not LICENCE.fullmatch(options.licence):
        raise Invalid("licence_number_wrong")
    tls = _tls(options)
    records = read_records(options.records)
    signer = read_signer(options.key)
    centre_keys = tuple(read_public_key(path) for path in options.centre_keys)
    log = AnswerLog(options.log)
    try:
        desk = InquiryDesk(
            licence=options.licence, records=records, log=log, signer=signer, centre_keys=centre_keys
        )
        with _listen(options, desk, tls) as server:
            yield server, records.rows
    finally:
        log.close()


def _listen(options: ServeOptions, desk: InquiryDesk, tls: ssl.SSLContext | None) -> ConnectorServer:
    try:
        return ConnectorServer((options.host, options.port), desk, tls=tls)
    except OSError:
        raise Refused("port_unavailable", host=options.host, port=options.port) from None


def _tls(options: ServeOptions) -> ssl.SSLContext | None:
    if options.tls_certificate is None or options.tls_key is None:
        if not _is_loopback(options.host):
            raise Refused("connector_needs_tls", host=options.host)
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(options.tls_certificate, options.tls_key)
    except (OSError, ssl.SSLError):
        raise Invalid("tls_files_wrong") from None
    return context


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stop_on_signal(server: ConnectorServer) -> None:
    if threading.current_thread() is not threading.main_thread():
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        threading.Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
