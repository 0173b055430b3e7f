"""What this room does when something is announced: remember what has to go elsewhere, and tell who sends it."""

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors.contacts import agency_contacts
from cotrace.agencies.selectors.holders import members_with
from cotrace.agencies.selectors.principals import principal_of_session
from cotrace.exchange.events import PeerChanged
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.services.peers import peer_change_note
from cotrace.exchange.services.sending import message_expect
from cotrace.foundation.errors import NotFound
from cotrace.foundation.events import subscribe
from cotrace.foundation.principal import Door, worker_principal
from cotrace.notices.reads import NoticeDraft
from cotrace.notices.services import notice_send
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.tracing.events import ResultReleased, TraceSubmitted
from cotrace.tracing.services.requests import request_message

SUBJECT_LENGTH = 40
"""Longer codes of installations do not fit into a notice; it leads to the whole register then."""


@subscribe(TraceSubmitted, name="exchange.expect_request")
def expect_request(event: TraceSubmitted) -> None:
    """Note that a request waits to be exported, where its centre works elsewhere."""
    if not event.installation:
        return
    principal = worker_principal(event.owner)
    message = request_message(principal, number=event.request).message
    message_expect(
        principal,
        peer=event.installation,
        kind=MessageKind.TRACE_REQUEST,
        number=event.request,
        message=message,
    )
    _tell(event.owner, number=event.request, message=message)


@subscribe(ResultReleased, name="exchange.expect_result")
def expect_result(event: ResultReleased) -> None:
    """Note that a result waits to be exported, where it was asked for from elsewhere."""
    if not event.installation:
        return
    message_expect(
        worker_principal(event.owner),
        peer=event.installation,
        kind=MessageKind.TRACE_RESULT,
        number=event.trace,
        message=event.message,
    )
    _tell(event.owner, number=event.trace, message=event.message)


@subscribe(PeerChanged, name="exchange.tell_of_peer")
def tell_of_peer(event: PeerChanged) -> None:
    """Put into every agency's log that the operator changed whom this installation believes, and tell its people."""
    fits = len(event.peer) <= SUBJECT_LENGTH
    draft = NoticeDraft(
        cause=f"exchange.peer:{event.peer[:63]}:{event.version}"[:120],
        code="notice_exchange_peer_changed",
        subject=event.peer if fits else "",
        page="exchange:peer" if fits else "exchange:peers",
    )
    for agency in (each.code for each in agency_contacts()):
        principal = worker_principal(agency)
        peer_change_note(principal, peer=event.peer)
        notice_send(principal, recipients=[(each, agency) for each in _answerable(agency)], draft=draft)


def _answerable(agency: str) -> list[str]:
    """Return who can compare a key with its owner: those who exchange files and read the agency's memoranda.

    And who manages its accounts. Where an agency has neither, everyone who takes files in or out is told.
    """
    takers = {
        *members_with(ExchangePermission.IMPORT, agency=agency),
        *members_with(ExchangePermission.EXPORT, agency=agency),
    }
    contacts = takers & set(members_with(SharingPermission.AGREEMENT_READ, agency=agency))
    managers = set(members_with(AgencyPermission.MEMBER_MANAGE, agency=agency))
    readers = set(members_with(ExchangePermission.READ, agency=agency))
    return sorted(contacts | (managers & readers) or takers)


def _tell(agency: str, *, number: str, message: str) -> None:
    draft = NoticeDraft(
        cause=f"exchange.waits:{message}", code="notice_exchange_waits", subject=number, page="exchange:file"
    )
    senders = members_with(ExchangePermission.EXPORT, agency=agency)
    recipients = [(each, agency) for each in senders if _sees(each, number)]
    notice_send(worker_principal(agency), recipients=recipients, draft=draft)


def _sees(member: str, number: str) -> bool:
    """Tell whether a member sees a record of the own agency in full: nobody else is told that it waits."""
    principal = principal_of_session(member, door=Door.WORKER, session="")
    try:
        return principal is not None and holding_get(principal, number=number).level == Level.FULL
    except NotFound:
        return False
