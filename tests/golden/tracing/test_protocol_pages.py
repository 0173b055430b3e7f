"""The examples on the pages that other programmers build from are read by the program they describe."""

import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.exchange.rules.acknowledgement import acknowledgement_to_json, parse_acknowledgement
from cotrace.exchange.rules.envelope import parse_file, write_file
from cotrace.exchange.rules.judgement import Refusal
from cotrace.foundation.rules.canonical import canonical_bytes
from cotrace.foundation.rules.signatures import Purpose, Signer, digest
from cotrace.tracing.exports.connector_server.records import read_records
from cotrace.tracing.rules.answer_document import answer_bytes, belongs_to, parse_answer
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.inquiry import InquiryRefusal, inquiry_bytes, parse_inquiry
from cotrace.tracing.rules.record_rows import COLUMNS
from cotrace.tracing.rules.request_document import parse_request, request_to_json
from cotrace.tracing.rules.result_document import parse_result, result_to_json

DOCS = Path(__file__).parents[3] / "docs"
CONNECTOR = (DOCS / "connector-protocol.md").read_text("utf-8")
EXCHANGE = (DOCS / "exchange-format.md").read_text("utf-8")
CENTRE = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
LICENSEE = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))


def block(page: str, name: str) -> str:
    """Return what stands in the fenced block after a comment of this name."""
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)\n```", page, re.DOTALL)
    assert found, f"no block named {name}"
    return found[1]


def example(page: str, name: str) -> bytes:
    """Return an example in canonical form."""
    return canonical_bytes(json.loads(block(page, f"example: {name}")))


def test_the_inquiry_and_the_answer_of_the_page_fit_together() -> None:
    asked = parse_inquiry(example(CONNECTOR, "inquiry"))
    answered = parse_answer(example(CONNECTOR, "answer"))
    assert inquiry_bytes(asked) == example(CONNECTOR, "inquiry")
    assert answer_bytes(answered) == example(CONNECTOR, "answer")
    assert belongs_to(answered, asked)


def test_the_connector_s_test_vectors_are_what_the_program_signs() -> None:
    inquiry, inquiry_signature, inquiry_digest = block(CONNECTOR, "vector: inquiry").split("\n")
    answer, answer_signature = block(CONNECTOR, "vector: answer").split("\n")
    assert inquiry.encode() == example(CONNECTOR, "inquiry")
    assert answer.encode() == example(CONNECTOR, "answer")
    assert inquiry_signature == CENTRE.sign(inquiry.encode(), purpose=Purpose.INQUIRY)
    assert inquiry_digest == digest(inquiry.encode())
    assert answer_signature == LICENSEE.sign(answer.encode(), purpose=Purpose.ANSWER)


@pytest.mark.parametrize(("page", "signer"), [(CONNECTOR, CENTRE), (CONNECTOR, LICENSEE), (EXCHANGE, CENTRE)])
def test_the_keys_of_the_pages_are_the_ones_that_signed(page: str, signer: Signer) -> None:
    assert f"{signer.public_key.text}  {signer.public_key.key_id}" in page


def test_the_records_of_the_page_can_be_served(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(block(CONNECTOR, "example: records"), "utf-8")
    assert read_records(book).rows == 3


def test_every_code_kind_and_column_of_the_connector_stands_on_its_page() -> None:
    words = [*AnswerKind, *InquiryRefusal, *ConnectorFailure, *COLUMNS]
    assert [word for word in words if f"`{word}`" not in CONNECTOR] == []


def test_the_signed_file_of_the_page_is_what_the_program_writes() -> None:
    file, message_digest = block(EXCHANGE, "vector: file").split("\n")
    found = parse_file(file.encode())
    assert file.encode() == example(EXCHANGE, "file")
    assert found.is_signed_by(CENTRE.public_key)
    assert found.digest == message_digest
    assert write_file(found.envelope, signer=CENTRE) == file.encode()


def test_the_documents_of_the_page_are_read_and_written_back_the_same() -> None:
    request = json.loads(block(EXCHANGE, "example: trace_request"))
    result = json.loads(block(EXCHANGE, "example: trace_result"))
    acknowledgement = json.loads(block(EXCHANGE, "example: acknowledgement"))
    assert request_to_json(parse_request(request)) == request
    assert result_to_json(parse_result(result)) == result
    assert acknowledgement_to_json(parse_acknowledgement(acknowledgement)) == acknowledgement


def test_every_refusal_of_a_file_stands_on_its_page() -> None:
    assert [code for code in Refusal if f"`{code}`" not in EXCHANGE] == []
