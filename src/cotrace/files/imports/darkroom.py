"""The child process that cleans a photograph or draws the pages of a PDF.

It takes the file as standard input, so that it never sees a name. It cleans a small picture or page of its own, so that
every codec is loaded, then gives up what the cage gives up (`cage.confine`), and only then reads on. What it writes was
painted anew from pixels: no metadata, no profile, nothing behind the picture's end. Standard output is one line of JSON
that says how many bytes each copy has, then the copies; or one line with the code of a refusal.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import orjson
import pypdfium2 as pdfium
from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from cotrace.files.imports.cage import confine
from cotrace.files.imports.limits import Limits, PictureLimits
from cotrace.foundation.errors import Invalid

LOADED = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What reads pictures and their orientation: nothing can be loaded once the walls stand."""

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88
WHITE = "white"
PASSWORD_NEEDED = 4
"""PDFium's word for it: FPDF_ERR_PASSWORD."""
_TINY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 33>>stream\nBT /F 5 Tf 1 1 Td (a) Tj ET      \nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Developed:
    """What a file gave: how many pages it has (a photograph one), and those drawn, as JPEG; a thumbnail of the first."""

    pages: int
    shown: tuple[bytes, ...]
    thumbnail: bytes


def clean_photograph(content: bytes, limits: PictureLimits) -> Developed:
    """Return cleaned copies of a photograph, the right way up. Raises Invalid."""
    try:
        image = _upright(content, limits)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Invalid("picture_damaged") from error
    return _developed([image], pages=1, limits=limits)


def _developed(images: list[Image.Image], *, pages: int, limits: PictureLimits) -> Developed:
    painted = [_painted(each, limits.shown_px) for each in images]
    first = painted[0].copy()
    first.thumbnail((limits.thumbnail_px, limits.thumbnail_px), Image.Resampling.LANCZOS)
    return Developed(pages=pages, shown=tuple(map(_jpeg, painted)), thumbnail=_jpeg(first))


def _upright(content: bytes, limits: PictureLimits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # judged here, before anything is decoded
    image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > limits.pixels:
        raise Invalid("picture_too_many_pixels", limit=limits.pixels // 1_000_000)
    image.draft("RGB", (limits.shown_px, limits.shown_px))
    image.load()
    return ImageOps.exif_transpose(image)


def _painted(image: Image.Image, longest_px: int) -> Image.Image:
    """Return what can be seen of an image, painted anew on white, its longer side at most `longest_px`."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("F").point(lambda value: value * (1 / 256) + 0).convert("L")
    seen = image.convert("RGBA")
    canvas = Image.new("RGB", seen.size, WHITE)
    canvas.paste(seen, mask=seen.getchannel("A"))
    canvas.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    return canvas


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def draw_document(content: bytes, limits: PictureLimits) -> Developed:
    """Return the first pages of a PDF as pictures. Raises Invalid."""
    try:
        document = pdfium.PdfDocument(content)
        pages = len(document)
        if not 0 < pages <= limits.pages_most:
            raise Invalid("pdf_too_long", limit=limits.pages_most) if pages else Invalid("pdf_damaged")
        document.init_forms()
        images = [_page(document, place, limits) for place in range(min(pages, limits.pages))]
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD_NEEDED
        raise Invalid("pdf_encrypted" if is_locked else "pdf_damaged") from error
    return _developed(images, pages=pages, limits=limits)


def _page(document: pdfium.PdfDocument, place: int, limits: PictureLimits) -> Image.Image:
    page = document[place]
    width, height = page.get_size()
    image: Image.Image = page.render(scale=limits.shown_px / max(width, height, 1)).to_pil()
    return image


Develop = Callable[[bytes, PictureLimits], Developed]
READERS: dict[str, Develop] = {
    "image/jpeg": clean_photograph,
    "image/png": clean_photograph,
    "image/webp": clean_photograph,
    "application/pdf": draw_document,
}


def warm_up(develop: Develop) -> None:
    """Clean something of our own, so that codecs, fonts and tables are loaded."""
    small = PictureLimits(shown_px=8, thumbnail_px=4)
    if develop is draw_document:
        draw_document(_TINY_PDF, small)
        return
    for form in FORMATS:
        out = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.new("RGB", (9, 9)).save(out, format=form, exif=exif)
        clean_photograph(out.getvalue(), small)


def told(develop: Develop, content: bytes, limits: PictureLimits) -> Iterator[bytes]:
    """Yield what the parent hears."""
    try:
        made = develop(content, limits)
    except Invalid as refused:
        yield orjson.dumps({"error": refused.code, "params": dict(refused.params)}) + b"\n"
        return
    except MemoryError:
        yield orjson.dumps({"error": "picture_too_heavy", "params": {}}) + b"\n"
        return
    copies = (*made.shown, made.thumbnail)
    yield orjson.dumps({"pages": made.pages, "sizes": [len(each) for each in copies]}) + b"\n"
    yield from copies


def main() -> None:
    """Clean standard input as what its type, an argument, says it is, under the limits given as JSON."""
    develop = READERS[sys.argv[2]]
    limits = PictureLimits(**orjson.loads(sys.argv[3]))
    warm_up(develop)
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as out:
        confine(Limits(memory_bytes=limits.memory_bytes, cpu_s=limits.cpu_s))
        for each in told(develop, source.read(), limits):
            out.write(each)
