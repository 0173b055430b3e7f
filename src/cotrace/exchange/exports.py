"""Messages out: signed with this installation's key and written as files."""

from cotrace.audit.services.names import name_require
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import OwnKey, SignedFile
from cotrace.exchange.rules.envelope import FILE_SUFFIX, Envelope, parse_file, write_file
from cotrace.exchange.selectors.peers import own_installation
from cotrace.exchange.services.sending import acknowledgement_prepare, message_leaves, message_prepare
from cotrace.foundation.principal import Principal
from cotrace.tracing.exports.home_keys import EXCHANGE, home_signer


def record_file(
    principal: Principal, *, number: str, message: str = "", is_again: bool = False
) -> SignedFile:
    """Return the signed file that carries a request or a released result; see `message_prepare`."""
    prepared = message_prepare(principal, number=number, message=message, is_again=is_again)
    return _signed(principal, prepared)


def acknowledgement_file(principal: Principal, *, message: str, peer: str = "") -> SignedFile:
    """Return the signed file that acknowledges a message one's agency took; see `acknowledgement_prepare`."""
    return _signed(principal, acknowledgement_prepare(principal, message=message, peer=peer))


def own_key(principal: Principal) -> OwnKey:
    """Return the code and public key by which other installations know this one; made at first use."""
    principal.require(ExchangePermission.READ)
    key = home_signer(EXCHANGE).public_key
    return OwnKey(installation=own_installation(), key_id=key.key_id, key=key.text)


def _signed(principal: Principal, envelope: Envelope) -> SignedFile:
    name_require(principal)
    content = write_file(envelope, signer=home_signer(EXCHANGE))
    message_leaves(principal, envelope=envelope, digest=parse_file(content).digest)
    return SignedFile(
        name=envelope.message_id + FILE_SUFFIX,
        content=content,
        message=envelope.message_id,
        peer=envelope.recipient,
    )
