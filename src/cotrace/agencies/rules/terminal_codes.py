"""The code a person copies from the terminal to the browser: eight characters, read without doubt.

Authority: RFC 8628 section 6.1 (short, no vowels that spell words, no look-alikes); the alphabet is Crockford's
base 32. Forty bits, alive for ten minutes, ten wrong ones per member: not guessable.
Tests: tests/unit/agencies/test_terminal_codes.py.
"""

CODE_LENGTH = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def shown_code(characters: str) -> str:
    """Return the code as it is shown: two groups of four."""
    return f"{characters[:4]}-{characters[4:]}"


def normal_code(typed: str) -> str:
    """Return the characters of a code as typed: any case, spaces and dashes, O as 0, I and L as 1."""
    return "".join(each for each in typed.upper() if each.isalnum()).translate(_READ_AS)
