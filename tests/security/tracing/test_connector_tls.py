"""Over TLS the centre talks to the registered host, and to nobody who only has its address."""

import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from cotrace.tracing.imports.connector import SignedAnswer, ask
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import ConnectorLimits
from tests.functional.tracing.harness import Desk, Running, fresh_inquiry, open_desk, running

LIMITS = ConnectorLimits(connect_s=3, read_s=5, total_s=8)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-signed certificate's files."""

    certificate: Path
    key: Path


def certificate(home: Path, host: str) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Certificate(home / f"{host}.pem", home / f"{host}.tls.key")
    found.certificate.write_bytes(built.public_bytes(Encoding.PEM))
    found.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(tmp_path_factory.mktemp("licensee"))


@pytest.fixture(scope="module")
def localhost(desk: Desk) -> Certificate:
    return certificate(desk.home, "localhost")


@pytest.fixture(scope="module")
def connector(desk: Desk, localhost: Certificate) -> Iterator[Running]:
    tls = {"tls_certificate": str(localhost.certificate), "tls_key": str(localhost.key)}
    with running(desk, **tls) as found:
        yield found


def put(desk: Desk, url: str, ca_file: Path | None) -> SignedAnswer:
    entry = desk.connector(0, url=url, ca_file=None if ca_file is None else str(ca_file))
    return ask(entry, fresh_inquiry(), signer=desk.centre, limits=LIMITS, now=datetime.now(UTC))


def failure(desk: Desk, url: str, ca_file: Path | None) -> ConnectorFailure:
    with pytest.raises(ConnectorFailed) as failed:
        put(desk, url, ca_file)
    return failed.value.failure


def test_a_connector_with_the_registered_name_and_authority_is_asked(
    desk: Desk, connector: Running, localhost: Certificate
) -> None:
    found = put(desk, f"https://localhost:{connector.port}", localhost.certificate)
    assert found.answer.licensee == desk.licence


def test_a_certificate_of_another_authority_is_not_trusted(desk: Desk, connector: Running) -> None:
    other = certificate(desk.home, "other.example")
    url = f"https://localhost:{connector.port}"
    assert failure(desk, url, other.certificate) is ConnectorFailure.UNREACHABLE
    assert failure(desk, url, None) is ConnectorFailure.UNREACHABLE


def test_a_certificate_for_another_name_than_the_registered_one_is_not_trusted(
    desk: Desk, connector: Running, localhost: Certificate
) -> None:
    url = f"https://127.0.0.1:{connector.port}"
    assert failure(desk, url, localhost.certificate) is ConnectorFailure.UNREACHABLE


def test_a_connector_that_expects_tls_does_not_answer_without_it(desk: Desk, connector: Running) -> None:
    assert failure(desk, f"http://127.0.0.1:{connector.port}", None) in {
        ConnectorFailure.UNREACHABLE,
        ConnectorFailure.ANSWER_MALFORMED,
    }


def test_a_stalled_handshake_does_not_keep_others_waiting(
    desk: Desk, connector: Running, localhost: Certificate
) -> None:
    with socket.create_connection(("127.0.0.1", connector.port), timeout=5):
        found = put(desk, f"https://localhost:{connector.port}", localhost.certificate)
    assert found.answer.licensee == desk.licence


@pytest.mark.parametrize("named", ["/dev/zero", "/proc/self/fd/1", "pipe", "absent", "folder"])
def test_an_authority_that_is_no_plain_file_is_not_read(desk: Desk, connector: Running, tmp_path: Path, named: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    began = time.monotonic()
    assert failure(desk, f"https://localhost:{connector.port}", tmp_path / named) is ConnectorFailure.UNREACHABLE
    assert time.monotonic() - began < LIMITS.total_s
