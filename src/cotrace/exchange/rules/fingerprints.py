"""How a key's fingerprint is written where people compare it by voice.

Decides the grouping: the key id (docs/exchange-format.md, section 3) in eight groups of four characters, so that a
caller can read one group and be answered. Tests: tests/unit/exchange/test_fingerprints.py.
"""

GROUP = 4


def groups_of(key_id: str) -> tuple[str, ...]:
    """Return the groups of a key id, in order."""
    return tuple(key_id[at : at + GROUP] for at in range(0, len(key_id), GROUP))


def grouped(key_id: str) -> str:
    """Return a key id with a blank between its groups."""
    return " ".join(groups_of(key_id))
