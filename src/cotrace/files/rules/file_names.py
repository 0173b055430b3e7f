"""What a file that arrives may be called here.

A name from outside is only ever shown and stored as text; it never chooses a folder. Authority: OWASP
file upload guidance; Windows reserved device names. Tests: tests/unit/files/test_file_names.py.
"""

import re
import unicodedata

NAME_BYTES = 120
SUFFIX_LENGTH = 10
FALLBACK = "file"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*%;&$`\'{}~#=!]+')


def safe_file_name(name: str) -> str:
    """Return a name without folders, control or direction characters, reserved words; at most 120 bytes.

    Letters with accents stay. What has no usable character becomes `file`. Doing it twice changes nothing.
    """
    base = re.split(r"[/\\]", name)[-1]
    visible = "".join(char for char in base if unicodedata.category(char)[0] not in "CZ" or char == " ")
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", visible))
    kept = _shortened(_trimmed(" ".join(plain.split())))
    if _RESERVED.fullmatch(kept):
        kept = "_" + kept
    return kept or FALLBACK


def _trimmed(name: str) -> str:
    """Drop dots and spaces at both ends: no hidden file, no name that Windows cuts."""
    return name.strip(". -")


def _shortened(name: str) -> str:
    if len(name.encode()) <= NAME_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > SUFFIX_LENGTH or not suffix.isascii():
        stem, dot, suffix = name, "", ""
    room = NAME_BYTES - len(dot + suffix)
    return _trimmed(stem.encode()[:room].decode(errors="ignore")) + dot + suffix
