"""Reading memoranda: those one's agency is party to, and no other."""

from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.models import Agreement, AgreementParty
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import AgreementRead, ClauseRead, PartyRead
from cotrace.sharing.rules.agreements import AgreementState, standing_of
from cotrace.sharing.rules.levels import Level


def agreement_list(principal: Principal) -> list[AgreementRead]:
    """Return the memoranda of the principal's agency, newest first."""
    principal.require(SharingPermission.AGREEMENT_READ)
    rows = (
        Agreement.objects.filter(parties__agency=principal.agency)
        .prefetch_related("parties", "clauses")
        .order_by("-created_at", "id")
    )
    return [_read(principal, row) for row in rows]


def agreements_to_sign(principal: Principal) -> list[AgreementRead]:
    """Return the drafts that wait for the signature of the principal's agency, newest first."""
    principal.require(SharingPermission.AGREEMENT_READ)
    principal.require(SharingPermission.AGREEMENT_SIGN)
    waiting = AgreementParty.objects.filter(agency=principal.agency, signed_at=None)
    rows = (
        Agreement.objects.filter(state=AgreementState.DRAFT, pk__in=waiting.values("agreement_id"))
        .prefetch_related("parties", "clauses")
        .order_by("-created_at", "id")
    )
    return [_read(principal, row) for row in rows]


def agreement_get(principal: Principal, *, number: str) -> AgreementRead:
    """Return one memorandum of the principal's agency. Raises NotFound for any other."""
    principal.require(SharingPermission.AGREEMENT_READ)
    row = (
        Agreement.objects.filter(pk=normal_number(number) or "", parties__agency=principal.agency)
        .prefetch_related("parties", "clauses")
        .first()
    )
    if row is None:
        raise NotFound
    return _read(principal, row)


def _read(principal: Principal, row: Agreement) -> AgreementRead:
    """Return the read model; hidden members show to themselves and nobody else."""
    parties = [
        each
        for each in sorted(row.parties.all(), key=lambda p: p.agency)
        if not each.is_hidden or each.agency == principal.agency
    ]
    known = {each.agency for each in parties}
    clauses = [
        each
        for each in sorted(row.clauses.all(), key=lambda c: c.pk)
        if each.owner in known and each.viewer in known
    ]
    mine = next(each for each in parties if each.agency == principal.agency)
    return AgreementRead(
        id=row.pk,
        title_en=row.title_en,
        title_es=row.title_es,
        legal_basis=row.legal_basis,
        purposes=tuple(row.purposes),
        state=row.state,
        standing=standing_of(
            AgreementState(row.state),
            is_signed_by_us=mine.signed_at is not None,
            is_signed_by_all=all(each.signed_at is not None for each in row.parties.all()),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            today=clock.today(),
        ),
        version=row.version,
        starts_on=row.starts_on,
        review_on=row.review_on,
        ends_on=row.ends_on,
        drafted_by=row.drafted_by,
        parties=tuple(
            PartyRead(
                agency=each.agency,
                participant=each.participant,
                signer_name=each.signer_name,
                signed_at=each.signed_at,
            )
            for each in parties
        ),
        clauses=tuple(
            ClauseRead(owner=c.owner, viewer=c.viewer, category=c.category, level=Level(c.level))
            for c in clauses
        ),
        is_signed_by_me=mine.signed_at is not None,
        is_suspended_by_me=row.suspended_by == principal.agency,
    )
