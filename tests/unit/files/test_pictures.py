"""What a file is by its first bytes; a name is never asked."""

import pytest

from cotrace.files.rules.pictures import SUFFIXES, MediaType, media_type_of
from cotrace.foundation.errors import Invalid


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1", MediaType.JPEG),
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"%PDF-1.7\n", MediaType.PDF),
    ],
)
def test_what_is_taken_is_known_by_its_first_bytes(head: bytes, kind: MediaType) -> None:
    assert media_type_of(head) is kind


@pytest.mark.parametrize(
    ("head", "code", "format_named"),
    [
        (b"", "file_empty", None),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "picture_heic", None),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00", "picture_heic", None),
        (b"\x00\x00\x00\x1cftypisom\x00\x00", "picture_format_unsupported", "MP4"),
        (b"GIF89a", "picture_format_unsupported", "GIF"),
        (b"<svg xmlns=", "picture_format_unsupported", "SVG"),
        (b"<?xml version=", "picture_format_unsupported", "XML"),
        (b"<!DOCTYPE html>", "picture_format_unsupported", "HTML"),
        (b"II*\x00", "picture_format_unsupported", "TIFF"),
        (b"PK\x03\x04", "picture_format_unsupported", "ZIP"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "picture_unknown", None),
        (b" %PDF-1.7", "picture_unknown", None),
        (b"MZ\x90\x00", "picture_unknown", None),
    ],
)
def test_all_else_is_refused_by_name_where_it_has_one(head: bytes, code: str, format_named: str | None) -> None:
    with pytest.raises(Invalid) as refusal:
        media_type_of(head)
    assert (refusal.value.code, refusal.value.params.get("format")) == (code, format_named)


def test_every_type_has_an_ending_for_its_download() -> None:
    assert set(SUFFIXES) == set(MediaType)
