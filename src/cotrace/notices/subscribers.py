"""Whom lower rooms' announcements concern."""

from cotrace.agencies.events import AccountChanged
from cotrace.agencies.selectors.contacts import agency_contacts
from cotrace.agencies.selectors.holders import members_with
from cotrace.audit.events import RoundHanded
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.selectors.heads import first_round_waiting
from cotrace.foundation.events import subscribe
from cotrace.foundation.principal import worker_principal
from cotrace.notices.reads import MEMBER_PAGE, NoticeDraft
from cotrace.notices.services import notice_send, notice_settle
from cotrace.sharing.events import (
    AgreementSignatureAsked,
    AgreementSignatureSettled,
    CircleMemberRemoved,
    EmergencyOpened,
)
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.selectors.circles import circle_fellows, emergency_watchers


@subscribe(AccountChanged, name="notices.account_changed")
def tell_watchers(event: AccountChanged) -> None:
    """Tell those who watch over an agency's log that an account was changed; not whoever did it."""
    draft = NoticeDraft(
        cause=f"account:{event.act}:{event.member}:{event.change}",
        code=f"notice_account_{event.act}",
        subject=event.member,
        page=MEMBER_PAGE,
    )
    watchers = {
        *members_with(SharingPermission.WHO_LOOKED, agency=event.agency),
        *members_with(AuditPermission.READ, agency=event.agency),
    } - {event.by}
    notice_send(
        worker_principal(event.agency),
        recipients=[(each, event.agency) for each in sorted(watchers)],
        draft=draft,
    )


@subscribe(AgreementSignatureAsked, name="notices.agreement_signature")
def tell_signers(event: AgreementSignatureAsked) -> None:
    """Tell everyone who may sign for the agency."""
    draft = NoticeDraft(
        cause=_signature(event.agreement, event.agency),
        code="notice_agreement_signature_asked",
        subject=event.agreement,
        page="sharing:agreement",
    )
    signers = members_with(SharingPermission.AGREEMENT_SIGN, agency=event.agency)
    notice_send(
        worker_principal(event.agency), recipients=[(each, event.agency) for each in signers], draft=draft
    )


@subscribe(AgreementSignatureSettled, name="notices.agreement_signature_settled")
def untell_signers(event: AgreementSignatureSettled) -> None:
    """Take the memorandum off the lists of those who could have signed."""
    notice_settle(worker_principal(event.agency), cause=_signature(event.agreement, event.agency))


def _signature(agreement: str, agency: str) -> str:
    return f"agreement.signature:{agreement}:{agency}"


@subscribe(CircleMemberRemoved, name="notices.circle_member_removed")
def tell_circle(event: CircleMemberRemoved) -> None:
    """Tell whoever is out, and those who see everything in the circle but the one who did it."""
    principal = worker_principal(event.agency)
    cause = f"circle.removed:{event.removal}"
    if event.member != event.by:
        out = NoticeDraft(cause=cause, code="notice_circle_left", subject=event.circle)
        notice_send(principal, recipients=[(event.member, event.agency)], draft=out)
    inside = NoticeDraft(cause=cause, code="notice_circle_smaller", subject=event.circle, page="sharing:circle")
    fellows = [each for each in circle_fellows(principal, circle=event.circle) if each != event.by]
    notice_send(principal, recipients=[(each, event.agency) for each in fellows], draft=inside)


@subscribe(EmergencyOpened, name="notices.emergency_opened")
def tell_owners(event: EmergencyOpened) -> None:
    """Tell those who see the agency's members and logs that a colleague opened restricted records."""
    draft = NoticeDraft(
        cause=f"emergency:{event.session}",
        code="notice_emergency_opened",
        subject=event.session,
        page="sharing:emergency_session",
    )
    principal = worker_principal(event.agency)
    watchers = emergency_watchers(principal, besides=event.member)
    notice_send(principal, recipients=[(each, event.agency) for each in watchers], draft=draft)


@subscribe(RoundHanded, name="notices.round_handed")
def tell_keepers(event: RoundHanded) -> None:
    """Tell those who verify an agency's log that a signed round waits to be kept; once until they take one."""
    for agency in (each.code for each in agency_contacts()):
        principal = worker_principal(agency)
        waiting = first_round_waiting(principal) or event.round
        draft = NoticeDraft(
            cause=f"audit.round:{agency}:{waiting}", code="notice_round_handed", page="audit:heads"
        )
        keepers = members_with(AuditPermission.VERIFY, agency=agency)
        notice_send(principal, recipients=[(each, agency) for each in keepers], draft=draft)
