"""Photographs of marks for the synthetic world: drawn, never taken, and marked as such in the picture itself."""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw

from cotrace.files.imports.attaching import attachment_add
from cotrace.files.rules.attachments import AttachmentKind
from cotrace.firearms.rules.description import FirearmValues
from cotrace.foundation.principal import Principal

SIZE = (1600, 1000)
METAL, EDGE, STRUCK, TAPE = (92, 98, 106), (40, 43, 48), (226, 228, 231), (255, 196, 58)
WORD = "SYNTHETIC · SINTÉTICO"


def photographs_attached(who: Principal, *, gun: str, values: FirearmValues) -> None:
    """Attach a drawn photograph of the serial number and of the make of a described gun, where it has them."""
    for kind, text in _marks(values):
        content = _photograph(text)
        attachment_add(who, record=gun, kind=kind, caption="", content=content)


def _marks(values: FirearmValues) -> Iterator[tuple[AttachmentKind, str]]:
    if values.serial:
        yield AttachmentKind.SERIAL, values.serial
    name = " ".join(each for each in (values.make, values.model) if each)
    if name:
        yield AttachmentKind.MAKE, name


def _photograph(text: str) -> bytes:
    """Return a JPEG of characters struck into metal, with the word for synthetic across its foot."""
    image = Image.new("RGB", SIZE, METAL)
    pen = ImageDraw.Draw(image)
    for line in range(0, SIZE[1], 6):
        pen.line((0, line, SIZE[0], line), fill=tuple(shade - line % 18 for shade in METAL))
    pen.rounded_rectangle((60, 60, SIZE[0] - 60, SIZE[1] - 200), radius=60, outline=EDGE, width=10)
    size = min(220, 1400 * 10 // (6 * max(len(text), 1)))
    for shift, colour in ((6, EDGE), (0, STRUCK)):
        pen.text((SIZE[0] // 2 + shift, 420 + shift), text, fill=colour, anchor="mm", font_size=size)
    pen.rectangle((0, SIZE[1] - 140, SIZE[0], SIZE[1]), fill=TAPE)
    pen.text((SIZE[0] // 2, SIZE[1] - 70), WORD, fill=EDGE, anchor="mm", font_size=70)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=80)
    return out.getvalue()
