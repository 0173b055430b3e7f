"""The chain of a trace as a timeline, and each inquiry as it happened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Badge, Link, RecordNumber, Shown, Step, StepState, Tone
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre_labels import ANSWERS, WAITS
from cotrace.tracing.reads.centre import AcceptanceRead, StepRead, TraceRead
from cotrace.tracing.reads.labels import FINDINGS, ROLES
from cotrace.tracing.rules.answers import SoldToPurchaser
from cotrace.tracing.rules.chain import BLOCKING, ChainStep, Finding
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.views.centre_answers import (
    acquisition_words,
    answer_lines,
    answer_words,
    book_words,
    is_dead_end,
)
from cotrace.tracing.views.centre_people import corrections_of
from cotrace.tracing.views.centre_why import licensee_name
from cotrace.tracing.views.centre_words import days_words, failure_words

Fact = tuple[str, Shown]

DISAGREE = frozenset(
    {*BLOCKING, Finding.SUPPLIER_DIFFERS, Finding.MAKE_DIFFERS, Finding.CALIBRE_DIFFERS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryShown:
    """One inquiry: its heading, where it stands, all that is known of it, what was let pass at it."""

    number: int
    anchor: str
    heading: str
    badge: Badge
    facts: list[Fact]
    notes: list[tuple[str, str, str, datetime]]
    is_last: bool
    correct_url: str = ""


def chain_steps(principal: Principal, read: TraceRead) -> list[Step]:
    """Return the links of the chain as they came out, each with the day the gun left, and what is known of the next."""
    ends = [link.left_on for link in read.facts.chain]
    steps = [
        _step(step, link, until_next=_between(link.left_on, following))
        for step, link, following in zip_longest(read.steps, read.facts.chain, ends[1:])
    ]
    return [*steps, *_beyond(principal, read)]


def inquiries(read: TraceRead, names: Mapping[str, str]) -> list[InquiryShown]:
    """Return the inquiries, newest first, then those that count no more; `names` are the centre's own people by id."""
    may_correct = corrections_of(read)
    here = reverse("tracing:correct", args=[read.number])
    shown = [
        replace(
            _inquiry(step, names),
            notes=notes_at(read, step.hop, names),
            is_last=step is read.steps[-1],
            correct_url=f"{here}?{urlencode({'step': step.hop})}" if step.hop in may_correct else "",
        )
        for step in read.steps
    ]
    return [*shown[::-1], *(_inquiry(step, names) for step in read.superseded[::-1])]


def notes_at(read: TraceRead, step: int, names: Mapping[str, str]) -> list[tuple[str, str, str, datetime]]:
    """Return what tracers let pass at a step: reason, note, who, when."""
    return [
        (_reason(each), each.note, _person(each.accepted_by, names), each.accepted_at)
        for each in read.acceptances
        if each.step == step
    ]


def _inquiry(step: StepRead, names: Mapping[str, str]) -> InquiryShown:
    return InquiryShown(
        number=step.hop,
        anchor=step.inquiry if step.superseded_at else str(step.hop),
        heading=_("%(role)s: %(licensee)s") % {"role": ROLES[step.role], "licensee": _party_words(step)},
        badge=_badge(step),
        facts=[*_facts(step, names), *_earlier_facts(step, names)],
        notes=[],
        is_last=False,
    )


def _person(number: str, names: Mapping[str, str]) -> str:
    return names.get(number, _("somebody of the centre"))


def _reason(read: AcceptanceRead) -> str:
    why = str(WAITS[read.reason])
    return _("%(reason)s (counts no more)") % {"reason": why} if read.is_void else why


def _step(step: StepRead, link: ChainStep, *, until_next: str) -> Step:
    said = [answer_words(step.answer.answer)] if step.answer else [failure_words(step.failure, step.failure_reason)]
    said += [str(FINDINGS[each]) for each in link.findings if each is not Finding.NOT_ANSWERED]
    return Step(
        role=ROLES[step.role],
        party=_party(step),
        at=link.left_on,
        state=_state(step, link),
        detail=" ".join(each for each in said if each),
        until_next=until_next,
    )


def _state(step: StepRead, link: ChainStep) -> StepState:
    if step.state == "open":
        return StepState.CURRENT
    if step.answer is None or is_dead_end(step.answer.answer) or Finding.DATE_MISSING in link.findings:
        return StepState.GAP
    return StepState.CONFLICT if DISAGREE & set(link.findings) else StepState.DONE


def _between(first: date | None, then: date | None) -> str:
    """Return the days between two known days; nothing where they run backwards, which a finding says."""
    return days_words((then - first).days) if first and then and then >= first else ""


def _beyond(principal: Principal, read: TraceRead) -> list[Step]:
    """Return the link after the last inquiry, where something is known of it."""
    last = read.steps[-1] if read.steps else None
    if last and last.answer and isinstance(last.answer.answer, SoldToPurchaser):
        return [
            Step(
                role=pgettext("at the end of a chain", "Purchaser"),
                party=_("Named by the dealer; shown only as an act of its own"),
                at=last.answer.answer.sold_on,
            )
        ]
    number, reason = read.waiting_licensee, read.waiting_reason
    is_next = read.status is TraceStatus.AWAITING_TRACER and bool(number) and reason is not None
    if not is_next or reason is None or (last and licence_key(last.licensee) == licence_key(number)):
        return []
    role = pgettext("at the end of a chain", "Next licensee")
    return [Step(role=role, party=licensee_name(principal, number), state=StepState.WAITING, detail=WAITS[reason])]


def _party_words(step: StepRead) -> str:
    return step.licensee_name or step.licensee


def _party(step: StepRead) -> Shown:
    if not step.licensee_name:
        return step.licensee
    return Link(text=step.licensee_name, url=reverse("tracing:licensee", args=[step.licensee]))


def _badge(step: StepRead) -> Badge:
    if step.superseded_at:
        return Badge(text=pgettext("inquiry", "Counts no more"), tone=Tone.CLOSED)
    if step.answer and step.answer_kind:
        tone = Tone.ATTENTION if is_dead_end(step.answer.answer) else Tone.DONE
        return Badge(text=ANSWERS[step.answer_kind], tone=tone)
    if step.state == "failed":
        return Badge(text=pgettext("inquiry", "No answer"), tone=Tone.ATTENTION)
    return Badge(text=pgettext("inquiry", "Open"), tone=Tone.WAITING)


def _facts(step: StepRead, names: Mapping[str, str]) -> list[Fact]:
    is_by_person = step.channel == "person"
    channel = _("by telephone or in writing") if is_by_person else _("through its connector")
    facts: list[Fact] = [
        (_("Inquiry"), RecordNumber(number=step.inquiry)),
        (_("Licensee"), _party(step)),
        (_("Licence number"), step.licensee),
        (_("Asked"), channel),
        (_("Asked on"), step.asked_at),
        (_("Answer due by"), step.answer_due_at),
    ]
    facts += [] if is_by_person and not step.tries else [(pgettext("of a connector", "Tries"), step.tries)]
    if step.failure:
        facts.append((_("Last failure"), failure_words(step.failure, step.failure_reason)))
    if step.next_try_at:
        facts.append((_("Next try"), step.next_try_at))
    return [*facts, *_answer_facts(step, names)]


def _earlier_facts(step: StepRead, names: Mapping[str, str]) -> list[Fact]:
    """Return what was entered before and corrected, newest first, and why."""
    facts: list[Fact] = []
    if step.superseded_at:
        facts.append((_("Counts no more since"), step.superseded_at))
    for each in step.earlier[::-1]:
        facts += [
            (_("Corrected answer"), " ".join([answer_words(each.answer.answer), *answer_lines(each.answer.answer)])),
            (_("Entered by"), _person(each.answered_by, names)),
            (_("Entered on"), each.answered_at),
            (_("Corrected by"), _person(each.corrected_by, names)),
            (_("Corrected on"), each.corrected_at),
            (_("Why it was corrected"), each.note),
        ]
    return facts


def _answer_facts(step: StepRead, names: Mapping[str, str]) -> list[Fact]:
    recorded = step.answer
    if recorded is None:
        return []
    by: Fact = (_("Given by"), _("its connector, signed"))
    if step.answered_by:
        by = (_("Entered by"), _person(step.answered_by, names))
    facts: list[Fact] = [
        (_("Answer"), answer_words(recorded.answer)),
        *((_("Also"), line) for line in answer_lines(recorded.answer)),
        (_("Answered on"), step.answered_at),
        by,
    ]
    if recorded.gun:
        facts.append((_("The gun in its book"), book_words(recorded.gun)))
    if recorded.acquisition:
        facts.append((_("Came in"), acquisition_words(recorded.acquisition) or None))
    return facts
