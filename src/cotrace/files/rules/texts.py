"""Text and codes: what is kept of a text, and how a code is brought to its catalogue's form.

Authority: INEGI writes a state with 2 digits and a municipality with 3, so 5 together; spreadsheets
lose the leading zeros. Tests: tests/unit/files/test_texts.py.
"""

import re
import unicodedata

from cotrace.files.rules.cells import PlainCell, plain_text
from cotrace.files.rules.cleaned import Bad, Cleaned, Recorded
from cotrace.files.rules.numbers import is_whole, number_of
from cotrace.files.rules.problems import Code
from cotrace.foundation.rules.texts import has_unseen

CODE_LENGTH = 40
BLANKS = "\t\n\r\x85"
"""Line ends and tabs of a cell: they become single spaces."""
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]*")
_DIGITS = re.compile(r"[0-9]+")


def tidy(text: str) -> str:
    """Return text in one form: composed, no invisible or direction characters, single spaces."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clean_text(cell: PlainCell, *, max_length: int) -> Cleaned:
    """Take one line of text of at most `max_length` characters, without characters that nobody sees."""
    text = plain_text(cell)
    if has_unseen(text, besides=BLANKS):
        return Bad(Code.CONTROL_CHARACTERS)
    kept = tidy(text)
    return Recorded(kept) if len(kept) <= max_length else Bad(Code.TOO_LONG)


def code_key(text: str) -> str:
    """Return what two spellings of a code share: `01`, `1` and `1.0` are one."""
    number = number_of(text)
    if number is not None and number >= 0 and is_whole(number):
        return str(int(number))
    return tidy(text).casefold()


def clean_code(cell: PlainCell, *, width: int | None) -> Cleaned:
    """Take a code: `width` digits, zeros put back in front; without width, capitals, digits and `._/-`."""
    text = tidy(plain_text(cell))
    code, form = (text.upper(), _CODE) if width is None else (code_key(text), _DIGITS)
    if not form.fullmatch(code) or len(code) > (width or CODE_LENGTH):
        return Bad(Code.CODE_MALFORMED)
    return Recorded(code.zfill(width or 0))
