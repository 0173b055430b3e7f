"""Whom lower rooms' announcements concern."""

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors.holders import members_with
from cotrace.foundation.events import subscribe
from cotrace.foundation.principal import worker_principal
from cotrace.notices.reads import NoticeDraft
from cotrace.notices.services import notice_send
from cotrace.sharing.events import AgreementSignatureAsked, EmergencyOpened
from cotrace.sharing.permissions import SharingPermission


@subscribe(AgreementSignatureAsked, name="notices.agreement_signature")
def tell_signers(event: AgreementSignatureAsked) -> None:
    """Tell everyone who may sign for the agency."""
    draft = NoticeDraft(
        cause=f"agreement.signature:{event.agreement}:{event.agency}",
        code="notice_agreement_signature_asked",
        subject=event.agreement,
        page="sharing:agreement",
    )
    signers = members_with(SharingPermission.AGREEMENT_SIGN, agency=event.agency)
    notice_send(
        worker_principal(event.agency), recipients=[(each, event.agency) for each in signers], draft=draft
    )


@subscribe(EmergencyOpened, name="notices.emergency_opened")
def tell_owners(event: EmergencyOpened) -> None:
    """Tell those who see the agency's members and logs that a colleague opened restricted records."""
    draft = NoticeDraft(
        cause=f"emergency:{event.session}",
        code="notice_emergency_opened",
        subject=event.session,
        page="sharing:emergency_session",
    )
    watchers = {
        *members_with(SharingPermission.WHO_LOOKED, agency=event.agency),
        *members_with(AgencyPermission.MEMBER_MANAGE, agency=event.agency),
    } - {event.member}
    notice_send(
        worker_principal(event.agency),
        recipients=[(each, event.agency) for each in sorted(watchers)],
        draft=draft,
    )
