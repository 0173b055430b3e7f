"""What readers get of peers, messages and files."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.sharing.reads import CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """How other installations know this one: its code and its public key."""

    installation: str
    key_id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerKeyRead:
    """A key of a peer, and when it counts."""

    key_id: str
    key: str
    valid_from_at: datetime
    valid_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRead:
    """Another installation."""

    code: str
    name: str
    address: str
    agreement: str
    is_active: bool
    changed_at: datetime
    keys: tuple[PeerKeyRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFile:
    """A file to be handed over: its name, its bytes, and the message it carries."""

    name: str
    content: bytes
    message: str
    peer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """What became of a file that was acted on. `number` is our number for what it brought."""

    peer: str
    message: str
    kind: MessageKind
    disposition: Disposition
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRead:
    """A message of one's agency to a peer. `state`: waiting, sent, accepted, refused (`code` says why).

    `is_superseded`: what it carries was sent again as a newer message. `is_outdated`: it was made under another
    memorandum than the register now names for the peer, and would not be taken there.
    """

    peer: str
    peer_name: str
    kind: MessageKind
    record: str
    message: str
    state: str
    code: str
    noted_at: datetime
    created_at: datetime | None
    expires_at: datetime | None
    acknowledged_at: datetime | None
    agreement: str = ""
    sequence: int | None = None
    is_superseded: bool = False
    is_outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRead:
    """A message of a peer that one's agency took. `acknowledged_at`: when our acknowledgement was written."""

    peer: str
    peer_name: str
    kind: MessageKind
    message: str
    disposition: Disposition
    code: str
    number: str
    received_at: datetime
    in_reply_to: str = ""
    digest: str = ""
    attachments: int = 0
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRead:
    """A file that one's agency offered and that was not acted on. `claimed_name`: the register's for that code."""

    offered_at: datetime
    code: str
    sha256: str
    claimed_sender: str
    claimed_name: str
    claimed_message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLog:
    """The newest messages of one's agency, and the files that were refused."""

    sent: tuple[SentRead, ...]
    received: tuple[ReceivedRead, ...]
    refused: tuple[RefusedRead, ...]


class Direction(StrEnum):
    """Which way a message went; `refused` for a file that was not acted on."""

    SENT = "sent"
    RECEIVED = "received"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """One page of everything sent, received and refused, newest first. `older` is where the next page begins."""

    rows: tuple[SentRead | ReceivedRead | RefusedRead, ...]
    older: str
    count: CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExchange:
    """What left and what came about one record of one's agency. `installation`: where it goes, empty for nowhere."""

    number: str
    installation: str
    installation_name: str
    is_peer_active: bool
    sent: tuple[SentRead, ...]
    received: tuple[ReceivedRead, ...]
