"""Photographs and opinions that nobody trusts: what attacks is refused in words, and what leaves is painted anew."""

import io
import os
import struct
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from cotrace.files.imports.limits import DEFAULT_PICTURE_LIMITS
from cotrace.files.imports.pictures import clean_file
from cotrace.files.rules.pictures import MediaType
from cotrace.foundation.errors import Invalid
from tests.support.pictures import MAKER, from_telephone, opened, opinion, photograph

SMALL = replace(DEFAULT_PICTURE_LIMITS, shown_px=256, thumbnail_px=64)


def refusal_of(content: bytes, **limits: object) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        clean_file(content, limits=replace(SMALL, **limits))  # type: ignore[arg-type]
    return refusal.value


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_leaves_says_nothing_of_place_time_or_telephone_and_stands_upright(form: str) -> None:
    original = from_telephone(form=form)
    assert MAKER.encode() in original
    cleaned = clean_file(original, limits=SMALL)
    for copy, longest in ((cleaned.shown[0], 256), (cleaned.thumbnail, 64)):
        image = opened(copy)
        assert image.format == "JPEG" and max(image.size) == longest
        assert image.height > image.width, "it lay on its side"
        assert not image.getexif() and not set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert all(each not in copy for each in (MAKER.encode(), b"Exif", b"http", b"ICC_PROFILE", b"2026:02"))


def test_a_comment_and_what_lies_behind_the_picture_do_not_leave() -> None:
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    original = photograph(comment=b"<script>alert(2)</script>") + behind.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(original)), "it is an archive too"
    cleaned = clean_file(original, limits=SMALL)
    assert cleaned.media_type is MediaType.JPEG
    for copy in (*cleaned.shown, cleaned.thumbnail):
        assert b"script" not in copy and b"PK\x03\x04" not in copy and copy.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xff\xd8\xff", "picture_damaged"),
        (b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 40, "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n<html></html>", "picture_damaged"),
        (b"RIFF\x00\x00\x00\x00WEBP" + b"\xff" * 400, "picture_damaged"),
        (photograph()[:3000], "picture_damaged"),
        (photograph(form="PNG")[:2500], "picture_damaged"),
        (photograph(form="GIF"), "picture_format_unsupported"),
        (photograph(form="BMP"), "picture_format_unsupported"),
        (photograph(form="TIFF"), "picture_format_unsupported"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture_format_unsupported"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "picture_format_unsupported"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture_heic"),
        (b"#!/bin/sh\nrm -rf /\n", "picture_unknown"),
        (b"%PDF-1.7\nnothing of a document", "pdf_damaged"),
        (b"%PDF-1.7\n" + photograph(), "pdf_damaged"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(content: bytes, code: str) -> None:
    assert refusal_of(content).code == code


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() -> None:
    started = time.monotonic()
    for width, height in ((100_000, 100_000), (65_000, 1_000), (2**31 - 1, 1)):
        refused = refusal_of(png_claiming(width, height))
        assert (refused.code, refused.params["limit"]) == ("picture_too_many_pixels", 64)
    assert time.monotonic() - started < 10


def test_a_picture_that_would_need_more_memory_than_there_is_ends_its_child_alone() -> None:
    big = photograph(form="PNG", size=(7000, 7000))
    assert refusal_of(big, memory_bytes=300 * 1024 * 1024).code in {"picture_too_heavy", "picture_reader_failed"}


def test_a_file_beyond_the_size_is_not_opened() -> None:
    refused = refusal_of(photograph(), file_bytes=1000)
    assert (refused.code, refused.params["limit_bytes"]) == ("file_too_large", 1000)


def test_a_child_that_takes_too_long_is_ended_and_reaped() -> None:
    before = _children()
    assert refusal_of(photograph(), wait_s=0.01).code == "picture_too_slow"
    assert _children() == before


def test_an_answer_beyond_its_size_is_not_believed() -> None:
    assert refusal_of(photograph(), output_bytes=500).code in {"picture_reader_failed", "picture_too_slow"}


def test_of_a_pdf_the_first_pages_are_drawn_and_all_are_counted() -> None:
    cleaned = clean_file(opinion(pages=5), limits=replace(SMALL, pages=2))
    assert (cleaned.media_type, cleaned.pages, len(cleaned.shown)) == (MediaType.PDF, 5, 2)
    first, second = map(opened, cleaned.shown)
    assert first.size == second.size and first.height > first.width
    assert first.convert("L").getextrema()[0] < 100, "words are drawn, without a font of the machine"
    assert refusal_of(opinion(pages=5), pages_most=4).code == "pdf_too_long"


def test_a_pdf_behind_a_password_is_refused(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(opinion())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert refusal_of(out.getvalue()).code == "pdf_encrypted"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_hold_colours_becomes_a_picture(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = opened(clean_file(photograph(form=form, mode=mode), limits=SMALL).shown[0])
    darkest, lightest = image.convert("L").getextrema()
    assert image.mode == "RGB" and lightest - darkest > 100


def test_what_shows_through_lies_on_white() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, format="PNG")
    assert opened(clean_file(out.getvalue(), limits=SMALL).shown[0]).getpixel((20, 20)) == (255, 255, 255)


def _children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]
