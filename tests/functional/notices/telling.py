"""Somebody is told something: a notice to every member of an agency."""

from cotrace.agencies.models import Member
from cotrace.foundation.principal import worker_principal
from cotrace.notices.reads import NoticeDraft
from cotrace.notices.services import notice_send

SIGN = "notice_agreement_signature_asked"


def told(agency: str, cause: str = "one", **changes: object) -> None:
    """Send a notice to every member of an agency."""
    draft = NoticeDraft(**{"cause": cause, "code": SIGN, **changes})  # type: ignore[arg-type]
    people = [(str(each.pk), agency) for each in Member.objects.filter(agency_id=agency)]
    notice_send(worker_principal(agency), recipients=people, draft=draft)
