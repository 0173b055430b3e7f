"""Decides what a file is by its first bytes, and which of these are taken as an attachment.

A name and what a browser says of a file decide nothing. Taken are JPEG, PNG and WebP, which every telephone and camera
writes or can write, and PDF; formats that carry programs (SVG, HTML) or that the cleaning does not read are refused by
name where that helps whoever sent them. Authority: the formats' own first bytes (ISO 10918-1, ISO 15948, RFC 9649,
ISO 32000-2 7.5.2, ISO 23008-12). Tests: tests/unit/files/test_pictures.py.
"""

from enum import StrEnum

from cotrace.foundation.errors import Invalid

HEAD_BYTES = 32
"""How much of a file is looked at."""


class MediaType(StrEnum):
    """What an original can be."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


SUFFIXES = {MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.WEBP: "webp", MediaType.PDF: "pdf"}
"""How the name of a downloaded original ends."""

_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_KNOWN = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP"),
    (b"<svg", "SVG"),
    (b"<?xml", "XML"),
    (b"<!DOCTYPE", "HTML"),
    (b"<html", "HTML"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"\x1aE\xdf\xa3", "MKV"),
)


def media_type_of(head: bytes) -> MediaType:
    """Return what a file is by its first bytes.

    Raises Invalid: file_empty; picture_heic, which an iPhone writes and can do without; picture_format_unsupported
    with the name of a format that is known and not taken; picture_unknown.
    """
    if not head:
        raise Invalid("file_empty")
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    raise _refusal(head)


def _refusal(head: bytes) -> Invalid:
    if head[4:8] == b"ftyp":
        if head[8:12] in _HEIF_BRANDS:
            return Invalid("picture_heic")
        return Invalid("picture_format_unsupported", format="MP4")
    named = next((name for start, name in _KNOWN if head.startswith(start)), "")
    return Invalid("picture_format_unsupported", format=named) if named else Invalid("picture_unknown")
