"""The inquiry: the one question the centre puts to a licensee about one gun.

Decides what an inquiry holds (gun, shipment, call-back number; nothing about the case), and whether
a connector may answer it: addressed to this licensee, inside its time, by an unknown clock's leave.
Source: docs/connector-protocol.md sections 4 and 6; DESIGN section 5 ("the licensee sees only").
Tests: tests/unit/tracing/test_connector_documents.py, test_inquiry_judgement.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cotrace.foundation.rules.canonical import (
    JsonLimits,
    JsonObject,
    JsonValue,
    canonical_bytes,
    parse_canonical,
    without_blanks,
)
from cotrace.foundation.rules.strict import Fields, day_text, moment_text
from cotrace.tracing.rules.gun import LICENCE, RecordedGun, licence_key, normal_serial
from cotrace.tracing.rules.trace_view import Shipment

PROTOCOL = "cotrace-connector/1"
INQUIRIES_PATH = "/v1/inquiries"
KEY_HEADER = "Cotrace-Key"
SIGNATURE_HEADER = "Cotrace-Signature"
CONTENT_TYPE = "application/json"
INQUIRY_LIMITS = JsonLimits(size_bytes=16 * 1024, depth=4)
LONGEST_LIFE = timedelta(days=14)
INQUIRY_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
GUN_TYPE = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question to one licensee. A retry repeats it unchanged, id and times included."""

    inquiry_id: str
    licensee: str
    issued_at: datetime
    expires_at: datetime
    call_back: str
    gun: RecordedGun
    shipment: Shipment | None = None


class InquiryRefusal(StrEnum):
    """Why a connector gives no answer; the value is the `code` of its refusal."""

    NOT_FOUND = "not_found"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    NOT_SIGNED = "not_signed"
    MALFORMED = "inquiry_malformed"
    NOT_ADDRESSED_HERE = "not_addressed_here"
    CLOCK_OUT_OF_STEP = "clock_out_of_step"
    EXPIRED = "inquiry_expired"
    LIFE_TOO_LONG = "inquiry_life_too_long"
    ID_REUSED = "inquiry_id_reused"
    UNAVAILABLE = "unavailable"


def judge_inquiry(
    inquiry: Inquiry, *, licence: str, now: datetime, tolerance: timedelta
) -> InquiryRefusal | None:
    """Say why a connector with this licence may not answer a signed inquiry now; None when it may."""
    if licence_key(inquiry.licensee) != licence_key(licence):
        return InquiryRefusal.NOT_ADDRESSED_HERE
    if inquiry.expires_at - inquiry.issued_at > LONGEST_LIFE or inquiry.expires_at <= inquiry.issued_at:
        return InquiryRefusal.LIFE_TOO_LONG
    if inquiry.issued_at > now + tolerance:
        return InquiryRefusal.CLOCK_OUT_OF_STEP
    if inquiry.expires_at < now - tolerance:
        return InquiryRefusal.EXPIRED
    return None


def inquiry_bytes(inquiry: Inquiry) -> bytes:
    """Write an inquiry as the body that is signed and sent."""
    shipment = inquiry.shipment
    return canonical_bytes(
        without_blanks(
            {
                "protocol": PROTOCOL,
                "inquiry_id": inquiry.inquiry_id,
                "licensee": inquiry.licensee,
                "issued_at": moment_text(inquiry.issued_at),
                "expires_at": moment_text(inquiry.expires_at),
                "call_back": inquiry.call_back,
                "gun": gun_to_json(inquiry.gun),
                "shipment": None if shipment is None else _shipment_to_json(shipment),
            }
        )
    )


def parse_inquiry(body: bytes) -> Inquiry:
    """Read an inquiry from its body. Raises: Invalid with a json_ code or inquiry_malformed."""
    top = Fields.of(parse_canonical(body, limits=INQUIRY_LIMITS))
    top.constant("protocol", PROTOCOL)
    inquiry = Inquiry(
        inquiry_id=top.text("inquiry_id", form=INQUIRY_ID),
        licensee=top.text("licensee", form=LICENCE),
        issued_at=top.moment("issued_at"),
        expires_at=top.moment("expires_at"),
        call_back=top.text("call_back", longest=40),
        gun=parse_gun(top.child("gun")),
        shipment=_parse_shipment(top.child_or_none("shipment")),
    )
    top.finish("inquiry_malformed")
    return inquiry


def gun_to_json(gun: RecordedGun) -> JsonValue:
    """Write a gun as inquiries and answers describe it."""
    return without_blanks(
        {
            "serial": gun.serial,
            "make": gun.make,
            "importer": gun.importer,
            "model": gun.model,
            "calibre": gun.calibre,
            "type": gun.type_code,
        }
    )


def parse_gun(fields: Fields, *, is_serial_required: bool = True) -> RecordedGun:
    """Read a gun of an inquiry or an answer; a result may be about one whose serial nobody could read."""
    serial = (
        fields.text("serial", longest=60) if is_serial_required else fields.text_or_none("serial", longest=60)
    )
    gun = RecordedGun(
        serial=serial or "",
        make=fields.text_or_none("make", longest=100),
        importer=fields.text_or_none("importer", longest=100),
        model=fields.text_or_none("model", longest=100),
        calibre=fields.text_or_none("calibre", longest=60),
        type_code=fields.text_or_none("type", form=GUN_TYPE),
    )
    if gun.serial and not normal_serial(gun.serial):
        fields.problem("serial", "form_wrong")
    fields.close()
    return gun


def _shipment_to_json(shipment: Shipment) -> JsonObject:
    return without_blanks(
        {
            "supplier": shipment.supplier,
            "shipped_on": day_text(shipment.shipped_on),
            "invoice": shipment.invoice,
        }
    )


def _parse_shipment(fields: Fields | None) -> Shipment | None:
    if fields is None:
        return None
    shipment = Shipment(
        supplier=fields.text("supplier", form=LICENCE),
        shipped_on=fields.day_or_none("shipped_on"),
        invoice=fields.text_or_none("invoice", longest=80),
    )
    fields.close()
    return shipment
