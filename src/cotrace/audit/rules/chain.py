"""Decides how events are chained, how a head is blinded, and what a signature covers.

Authority: DESIGN "Audit". hash(position) = SHA-256(hash(position - 1) ‖ canonical(event)); the first
link covers 64 zeros. The canonical form is a JSON list of every column in a fixed order, so that no
two events share one. Tests: tests/unit/audit/test_chain.py, tests/security/audit/.
"""

import hashlib
from typing import NamedTuple

import orjson

GENESIS = "0" * 64
PURGED = "audit.detail_purged"
"""The act that takes details away; its subject, where it has one, is the place of the event that lost its detail."""


class EventColumns(NamedTuple):
    """An event as the chain covers it; `at` in microseconds since 1970, UTC."""

    event_id: int
    chain: str
    at: int
    actor: str
    actor_agency: str
    door: str
    action: str
    subject: str
    outcome: str
    purpose: str
    case_ref: str
    session: str
    request_id: str
    digest: str


def place_named(position: int) -> str:
    """Return how a purge names an event: by its place in the chain, which tells nothing of other chains."""
    return f"#{position}"


def link_hash(previous: str, position: int, event: tuple[object, ...]) -> str:
    """Return the hash of an event (`EventColumns`) at a position, after the hash before it."""
    return hashlib.sha256(previous.encode() + orjson.dumps((position, *event))).hexdigest()


def blinded_head(salt: str, *, chain: str, position: int, head: str) -> str:
    """Return what is handed out of a head: checkable by its owner, telling nothing to its holder."""
    return hashlib.sha256(orjson.dumps((salt, chain, position, head))).hexdigest()


def round_bytes(installation: str, signed_at: str, blinded: list[str]) -> bytes:
    """Return the bytes that a round's signature covers; `blinded` is sorted, so it names no chain."""
    return orjson.dumps(("cotrace-heads-1", installation, signed_at, sorted(blinded)))
