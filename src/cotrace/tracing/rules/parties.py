"""Licensees, purchasers and how a licensee got a gun, as documents carry them: answers, results and our own log.

Decides which particulars of a person or licensee travel, and their longest forms.
Source: docs/connector-protocol.md section 5; ATF form 4473 section B.
Tests: tests/unit/tracing/test_connector_documents.py.
"""

import re

from cotrace.foundation.rules.canonical import JsonObject, without_blanks
from cotrace.foundation.rules.strict import Fields, day_text
from cotrace.tracing.rules.answers import Acquisition, Address, IdentityDocument, LicenseeRef, Purchaser
from cotrace.tracing.rules.gun import LICENCE

COUNTRY = re.compile(r"[A-Z]{2}")


def licensee_to_json(licensee: LicenseeRef) -> JsonObject:
    """Write a licensee as records name it."""
    return without_blanks({"number": licensee.number, "name": licensee.name})


def parse_licensee(fields: Fields) -> LicenseeRef:
    """Read a licensee as records name it."""
    licensee = LicenseeRef(
        number=_licence(fields), name=fields.text_or_none("name", longest=120)
    )
    fields.close()
    return licensee


def _licence(fields: Fields) -> str:
    number = fields.text("number")
    if number and not LICENCE.fullmatch(number):
        fields.problem("number", "licence_number_wrong")
    return number


def purchaser_to_json(purchaser: Purchaser) -> JsonObject:
    """Write a purchaser."""
    address, document = purchaser.address, purchaser.document
    return without_blanks(
        {
            "family_names": purchaser.family_names,
            "given_names": purchaser.given_names,
            "birth_date": day_text(purchaser.birth_date),
            "address": None if address is None else _address_to_json(address),
            "document": None if document is None else _document_to_json(document),
        }
    )


def parse_purchaser(fields: Fields) -> Purchaser:
    """Read a purchaser."""
    purchaser = Purchaser(
        family_names=fields.text("family_names"),
        given_names=fields.text_or_none("given_names"),
        birth_date=fields.day_or_none("birth_date"),
        address=_parse_address(fields.child_or_none("address")),
        document=_parse_document(fields.child_or_none("document")),
    )
    fields.close()
    return purchaser


def _address_to_json(address: Address) -> JsonObject:
    return without_blanks(
        {
            "street": address.street,
            "city": address.city,
            "state": address.state,
            "postal_code": address.postal_code,
            "country": address.country,
        }
    )


def _parse_address(fields: Fields | None) -> Address | None:
    if fields is None:
        return None
    address = Address(
        street=fields.text_or_none("street"),
        city=fields.text_or_none("city", longest=120),
        state=fields.text_or_none("state", longest=120),
        postal_code=fields.text_or_none("postal_code", longest=20),
        country=fields.text_or_none("country", form=COUNTRY),
    )
    fields.close()
    return address


def _document_to_json(document: IdentityDocument) -> JsonObject:
    return without_blanks({"type": document.type_name, "number": document.number, "issuer": document.issuer})


def _parse_document(fields: Fields | None) -> IdentityDocument | None:
    if fields is None:
        return None
    document = IdentityDocument(
        type_name=fields.text("type", longest=60),
        number=fields.text_or_none("number", longest=60),
        issuer=fields.text_or_none("issuer", longest=60),
    )
    fields.close()
    return document


def acquisition_to_json(acquisition: Acquisition) -> JsonObject:
    """Return when and from whom a licensee got a gun, as documents have it; what is unknown is left out."""
    supplier = acquisition.supplier
    return without_blanks(
        {
            "acquired_on": day_text(acquisition.acquired_on),
            "supplier": None if supplier is None else licensee_to_json(supplier),
        }
    )


def parse_acquisition(fields: Fields | None) -> Acquisition | None:
    """Return when and from whom a licensee got a gun; problems are kept in `fields`."""
    if fields is None:
        return None
    supplier = fields.child_or_none("supplier")
    acquisition = Acquisition(
        acquired_on=fields.day_or_none("acquired_on"),
        supplier=None if supplier is None else parse_licensee(supplier),
    )
    fields.close()
    return acquisition
