"""Public numbers: random, global, self-checking.

A number reads `SZ-MX1-4F7K-9Q2M-XT3C`: kind of record, installation of origin, eleven random
characters of Crockford's base 32 (55 bits) and a check character over the whole (ISO/IEC 7064,
MOD 37,36). Random, because a sequence would tell how many records exist between two of mine.
"""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANDOM_LENGTH = 11
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})

Chooser = Callable[[str], Callable[[int], int]]
"""owner -> (upper bound -> number below it)."""


def _chooser_from_system(_owner: str) -> Callable[[int], int]:
    return secrets.randbelow


_chooser: ContextVar[Chooser] = ContextVar("cotrace_id_chooser", default=_chooser_from_system)


@contextmanager
def seeded_ids(seed: str) -> Iterator[None]:
    """Draw ids from one seeded stream per owner.

    One stream per owner, so that what one agency enters never shifts the ids of another:
    the noninterference tests compare two worlds byte for byte.
    """
    streams: dict[str, random.Random] = {}

    def choose(owner: str) -> Callable[[int], int]:
        stream = streams.setdefault(owner, random.Random(f"{seed}:{owner}"))  # noqa: S311
        return stream.randrange

    token = _chooser.set(choose)
    try:
        yield
    finally:
        _chooser.reset(token)


def random_below(bound: int, *, owner: str = "") -> int:
    """Return a random number in [0, bound) from the owner's stream."""
    return _chooser.get()(owner)(bound)


def random_hex(byte_count: int, *, owner: str = "") -> str:
    """Return `byte_count` random bytes as hexadecimal text from the owner's stream."""
    return f"{random_below(256**byte_count, owner=owner):0{byte_count * 2}x}"


def check_character(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of `text` (letters and digits count)."""
    product = 36
    for character in text:
        if character not in _ALNUM:
            continue
        total = (product + _ALNUM.index(character)) % 36 or 36
        product = (total * 2) % 37
    return _ALNUM[(37 - product) % 36]


def new_number(kind: str, *, origin: str, owner: str) -> str:
    """Draw a new public number for a record of `kind` (two letters) of agency `owner`."""
    drawn = "".join(CROCKFORD[random_below(32, owner=owner)] for _ in range(_RANDOM_LENGTH))
    body = f"{kind}{origin}{drawn}"
    whole = drawn + check_character(body)
    return f"{kind}-{origin}-{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def _parts(text: str) -> list[str]:
    """Return the parts of a number: between hyphens, or between spaces where each has its length."""
    spaced = text.replace("-", " ").split()
    if [len(each) for each in spaced[:1] + spaced[2:]] == [2, 4, 4, 4]:
        return spaced
    return "".join(text.split()).split("-")


def normal_number(text: str) -> str | None:
    """Return the canonical form of a number as a person typed it, or None where its check fails.

    Case and spaces do not matter, and spaces may stand where the hyphens do; O reads as 0, I and L as 1, in the
    check character too, which can be any of them: who writes a number down by ear, or reads it off a print, need
    not know which.
    """
    parts = _parts(text.upper())
    if len(parts) != 5 or not all(part.isascii() and part.isalnum() for part in parts):
        return None
    kind, origin, *groups = parts
    whole = "".join(groups)
    if len(whole) != _RANDOM_LENGTH + 1:
        return None
    drawn = whole[:-1].translate(_READ_AS)
    check = check_character(f"{kind}{origin}{drawn}")
    if whole[-1].translate(_READ_AS) != check.translate(_READ_AS):
        return None
    whole = drawn + check
    return f"{kind}-{origin}-{whole[:4]}-{whole[4:8]}-{whole[8:]}"
