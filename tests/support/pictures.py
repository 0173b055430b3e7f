"""Pictures and documents made for tests: drawn, marked SYNTHETIC, with the metadata that a telephone leaves in one."""

import io

from PIL import Image, ImageDraw

MAKER = "TELEPHONE OF SOMEBODY"
TURNED_LEFT = 6
"""The orientation that a telephone held upright writes: turn it clockwise to see it right."""


def drawn(text: str = "ABC-1234", *, size: tuple[int, int] = (640, 400), mode: str = "RGB") -> Image.Image:
    """Return a picture of a mark on metal."""
    image = Image.new("RGB", size, (96, 102, 110))
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, size[0] - 8, size[1] - 8), outline=(30, 30, 30), width=3)
    pen.text((size[0] // 8, size[1] // 3), text, fill=(235, 235, 235), font_size=min(size) // 5)
    pen.text((16, size[1] - 40), "SYNTHETIC", fill=(255, 200, 60), font_size=20)
    if mode == "I;16":
        return image.convert("L").convert("I").point(lambda value: value * 257).convert(mode)
    return image.convert(mode)


def photograph(
    text: str = "ABC-1234", *, form: str = "JPEG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **options: object
) -> bytes:
    """Return a photograph as a file."""
    out = io.BytesIO()
    drawn(text, size=size, mode=mode).save(out, format=form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def from_telephone(text: str = "ABC-1234", *, form: str = "JPEG") -> bytes:
    """Return a photograph with the place, the time and the telephone of whoever took it, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = TURNED_LEFT
    exif[0x010F] = MAKER
    exif[0x0132] = "2026:02:28 23:59:59"
    exif[0x8825] = {1: "N", 2: (29.0, 4.0, 30.0), 3: "W", 4: (110.0, 57.0, 15.0)}
    return photograph(text, form=form, exif=exif)


def opinion(*, pages: int = 2, words: str = "DICTAMEN SINTETICO") -> bytes:
    """Return a PDF of so many pages, with words on each."""
    numbers = range(3, 3 + 2 * pages, 2)
    kids = " ".join(f"{each} 0 R" for each in numbers)
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    font = f"<</Font<</F {3 + 2 * pages} 0 R>>>>"
    for place, number in enumerate(numbers, start=1):
        said = f"BT /F 24 Tf 60 700 Td ({words} {place}) Tj ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {number + 1} 0 R/Resources{font}>>")
        objects.append(f"<</Length {len(said)}>>stream\n{said}\nendstream")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    return _pdf(objects)


def _pdf(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def opened(content: bytes) -> Image.Image:
    """Return a file as a picture."""
    image: Image.Image = Image.open(io.BytesIO(content))
    image.load()
    return image
