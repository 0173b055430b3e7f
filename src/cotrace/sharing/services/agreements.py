"""Drafting, signing, suspending and ending a memorandum. Signing by all compiles its grants."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import transaction

from cotrace.agencies.selectors import agency_contact
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.events import publish
from cotrace.foundation.ids import new_number, normal_number
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.texts import LINES, has_unseen, one_form
from cotrace.sharing.events import AgreementInForce, AgreementSignatureAsked, AgreementSignatureSettled
from cotrace.sharing.holding import holding_kinds
from cotrace.sharing.models import Agreement, AgreementClause, AgreementParty, Grant
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.agreements import (
    AgreementAct,
    AgreementState,
    Clause,
    Terms,
    clause_problems,
    compile_grants,
    next_state,
    purpose_problems,
)
from cotrace.sharing.rules.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """What a party's act did: the state of the memorandum before it and after it."""

    was: AgreementState
    state: AgreementState


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """What the form asks: names, basis, purposes, parties, clauses, dates."""

    title_en: str
    title_es: str
    legal_basis: str
    purposes: tuple[str, ...]
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    starts_on: date
    review_on: date
    ends_on: date | None = None


def _draft_problems(principal: Principal, draft: AgreementDraft) -> list[FieldProblem]:
    found: list[FieldProblem] = []
    if len(set(draft.parties)) < 2:
        found.append(FieldProblem("parties", "agreement_needs_two_parties"))
    if principal.agency not in draft.parties:
        found.append(FieldProblem("parties", "agreement_without_drafter"))
    unknown = [code for code in draft.parties if agency_contact(code) is None]
    found += [FieldProblem("parties", "agency_unknown", (("agency", code),)) for code in unknown]
    found += purpose_problems(draft.purposes)
    categories = {each.kind for each in holding_kinds()}
    found += clause_problems(draft.clauses, parties=draft.parties, categories=categories)
    if not draft.title_en or not draft.title_es:
        found.append(FieldProblem("title_en" if not draft.title_en else "title_es", "required"))
    found += [
        FieldProblem(name, "text_unseen")
        for name, besides in (("title_en", ""), ("title_es", ""), ("legal_basis", LINES))
        if has_unseen(getattr(draft, name), besides=besides)
    ]
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        found.append(FieldProblem("ends_on", "ends_before_start"))
    if draft.review_on < draft.starts_on:
        found.append(FieldProblem("review_on", "review_before_start"))
    return found


def agreement_draft(principal: Principal, *, draft: AgreementDraft) -> str:
    """Write a draft memorandum and ask the other parties to sign; return its number.

    Raises Invalid with the fields at fault. Audit: agreement.drafted.
    """
    principal.require(SharingPermission.AGREEMENT_DRAFT)
    draft = replace(draft, legal_basis=one_form(draft.legal_basis), purposes=tuple(dict.fromkeys(draft.purposes)))
    problems = _draft_problems(principal, draft)
    if problems:
        raise Invalid("agreement_incomplete", fields=tuple(problems))
    with transaction.atomic():
        row = _save_draft(principal, draft)
        record(principal, action="agreement.drafted", subject=row.pk)
        publish(
            *(
                AgreementSignatureAsked(agreement=row.pk, agency=agency)
                for agency in draft.parties
                if agency != principal.agency
            )
        )
    return row.pk


def _save_draft(principal: Principal, draft: AgreementDraft) -> Agreement:
    row = Agreement.objects.create(
        id=new_number("AG", origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
        title_en=draft.title_en,
        title_es=draft.title_es,
        legal_basis=draft.legal_basis,
        purposes=list(draft.purposes),
        starts_on=draft.starts_on,
        review_on=draft.review_on,
        ends_on=draft.ends_on,
        drafted_by=principal.agency,
        created_at=clock.now(),
    )
    for code in sorted(set(draft.parties)):
        contact = agency_contact(code)
        AgreementParty.objects.create(
            agreement=row, agency=code, participant=contact.participant if contact else "full"
        )
    AgreementClause.objects.bulk_create(
        AgreementClause(
            agreement=row, owner=each.owner, viewer=each.viewer, category=each.category, level=each.level
        )
        for each in draft.clauses
    )
    return row


def _mine(principal: Principal, number: str) -> Agreement:
    """Return an agreement that the principal's agency is party to, locked; NotFound otherwise."""
    row = (
        Agreement.objects.select_for_update()
        .filter(pk=normal_number(number) or "", parties__agency=principal.agency)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def agreement_sign(principal: Principal, *, number: str) -> str:
    """Sign for the principal's agency; the last signature puts the memorandum in force.

    Returns the state after the signature. Raises NotFound, Refused (already signed, not a draft).
    Audit: agreement.signed.
    """
    principal.require(SharingPermission.AGREEMENT_SIGN)
    with transaction.atomic():
        row = _mine(principal, number)
        party = AgreementParty.objects.get(agreement=row, agency=principal.agency)
        if row.state != AgreementState.DRAFT:
            raise Refused("agreement_not_draft")
        if party.signed_at is not None:
            raise Refused("agreement_already_signed")
        party.signed_at, party.signed_by, party.signer_name = clock.now(), principal.id, principal.name
        party.save(update_fields=["signed_at", "signed_by", "signer_name"])
        record(principal, action="agreement.signed", subject=row.pk)
        publish(AgreementSignatureSettled(agreement=row.pk, agency=principal.agency))
        if not AgreementParty.objects.filter(agreement=row, signed_at=None).exists():
            _put_in_force(row)
    return row.state


def _put_in_force(row: Agreement) -> None:
    row.state = AgreementState.IN_FORCE
    row.in_force_since_at = clock.now()
    row.save(update_fields=["state", "in_force_since_at"])
    parties = tuple(row.parties.values_list("agency", flat=True))
    terms = Terms(
        agreement=row.pk,
        parties=parties,
        purposes=tuple(row.purposes),
        clauses=tuple(_clauses(row.clauses.order_by("id"))),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    Grant.objects.bulk_create(
        Grant(
            viewer=each.viewer,
            owner=each.owner,
            category=each.category,
            purpose=each.purpose,
            level=each.level,
            valid_from_at=each.valid_from_at,
            valid_to_at=each.valid_to_at,
            agreement=row,
        )
        for each in compile_grants(terms, signed_at=row.in_force_since_at)
    )
    publish(AgreementInForce(agreement=row.pk))


def _clauses(rows: Iterable[AgreementClause]) -> list[Clause]:
    return [
        Clause(owner=each.owner, viewer=each.viewer, category=each.category, level=Level(each.level))
        for each in rows
    ]


def agreement_change(principal: Principal, *, number: str, act: AgreementAct) -> StateChange:
    """Suspend, resume or end a memorandum, or withdraw its draft; access closes at once, for every party.

    Only the party that suspended it can resume it: a suspension protects whoever asked for it.
    Returns the state before and after. Raises NotFound; Refused where the state table or that rule does not allow it.
    Audit: agreement.suspend, agreement.resume, agreement.end.
    """
    principal.require(SharingPermission.AGREEMENT_SIGN)
    with transaction.atomic():
        row = _mine(principal, number)
        was = AgreementState(row.state)
        state = next_state(was, act)
        if state is None or act is AgreementAct.SIGN_LAST:
            raise Refused("agreement_state_forbids", state=row.state)
        if act is AgreementAct.RESUME and row.suspended_by != principal.agency:
            raise Refused("agreement_suspended_by_other")
        row.state = state
        row.suspended_by = principal.agency if act is AgreementAct.SUSPEND else ""
        row.save(update_fields=["state", "suspended_by"])
        record(principal, action=f"agreement.{act}", subject=row.pk)
        for each in row.parties.filter(signed_at=None) if act is AgreementAct.END else ():
            publish(AgreementSignatureSettled(agreement=row.pk, agency=each.agency))
    return StateChange(was=was, state=state)
