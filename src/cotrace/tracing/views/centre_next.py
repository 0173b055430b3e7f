"""What a trace waits for, in whole sentences, and the acts that are possible on it now, for this person."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from cotrace.doors import formats
from cotrace.doors.furniture import Link, RecordNumber, Shown
from cotrace.doors.sentences import sentence
from cotrace.doors.templatetags.telephone import telephone
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import StepRead, TraceRead
from cotrace.tracing.reads.labels import FINDINGS
from cotrace.tracing.rules.chain import BLOCKING
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.rules.inquiry import LONGEST_LIFE
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus
from cotrace.tracing.rules.trace_view import (
    ACCEPTABLE,
    Acceptance,
    Ask,
    Finish,
    NextStep,
    TraceView,
    WaitForTracer,
    WaitReason,
)
from cotrace.tracing.rules.walk import next_step
from cotrace.tracing.selectors.register import licensee_get, licensees_known
from cotrace.tracing.selectors.walk_view import trace_view
from cotrace.tracing.services.tracer import CHOSEN_FOR
from cotrace.tracing.views.centre_people import correctable_steps, people_of
from cotrace.tracing.views.centre_why import licensee_name, why_words
from cotrace.tracing.views.centre_words import failure_words, outcome_words, status_words

RUNNING = (TraceStatus.OPEN, TraceStatus.INQUIRING)
AT_WORK = (*RUNNING, TraceStatus.AWAITING_TRACER)
MENDABLE = frozenset(
    {
        WaitReason.CONTACT_HOLD,
        WaitReason.START_NOT_REGISTERED,
        WaitReason.SEVERAL_CANDIDATES,
        WaitReason.LICENSEE_UNKNOWN,
        WaitReason.LICENSEE_CLOSED,
        WaitReason.CHAIN_LOOPS,
    }
)
"""Reasons to wait that a change of the register, or the end of a hold, takes away."""

MISSED = frozenset({WaitReason.LICENSEE_UNKNOWN, WaitReason.START_NOT_REGISTERED})
"""Reasons to wait that entering a licensee in the register takes away."""

@dataclass(frozen=True, slots=True, kw_only=True)
class WhatNow:
    """What stands at the top of a trace: a heading, what it means, and the acts by name."""

    kind: str
    title: str
    sentences: list[str]
    acts: frozenset[str]
    after_accept: str = ""
    after_continue: str = ""
    will_go_on: bool = False

    @property
    def continue_look(self) -> str:
        """Return how the button that has the walk look again looks: the first thing to do where it would go on."""
        return "primary" if self.will_go_on else ""


def what_now(principal: Principal, read: TraceRead) -> WhatNow:
    """Return what a trace waits for, and what the reader can do about it."""
    acts = acts_of(principal, read)
    now = WhatNow(kind="info", title=status_words(read.status), sentences=_sentences(principal, read), acts=acts)
    if read.status is not TraceStatus.AWAITING_TRACER or read.waiting_reason is None:
        return now
    return _with_forecast(principal, read, replace(now, kind="warning"))


def acts_of(principal: Principal, read: TraceRead) -> frozenset[str]:
    """Return the acts that would not be refused to this person now."""
    is_at_work, can_be_mended = read.status in AT_WORK, bool(correctable_steps(read))
    may_release = principal.may(TracePermission.RELEASE)
    offered = {
        "take": is_at_work and not read.taken_name,
        "take_to_correct": not is_at_work and can_be_mended and not read.taken_name,
        "leave": (is_at_work or can_be_mended) and read.is_mine,
        "free": (is_at_work or can_be_mended) and bool(read.taken_name) and not read.is_mine and may_release,
        "hold": is_at_work and not read.is_held and principal.may(TracePermission.HOLD),
        "lift": read.is_held and principal.may(TracePermission.HOLD),
        "release": may_release and TraceAct.RELEASE in read.acts and principal.id not in people_of(read),
        "withhold": may_release and TraceAct.WITHHOLD in read.acts,
        "purchaser": read.has_purchaser and principal.may(TracePermission.TRANSFEREE),
    }
    found = {act for act, is_offered in offered.items() if is_offered}
    return frozenset(found | (_acts_of_taker(principal, read) if read.is_mine else set()))


def open_step(read: TraceRead) -> StepRead | None:
    """Return the last inquiry where it has no answer yet, None where there is none to be answered."""
    last = read.steps[-1] if read.steps else None
    if last is None or last.state == "answered" or read.status not in AT_WORK:
        return None
    return last


def call_card(principal: Principal, read: TraceRead) -> list[tuple[str, Shown]]:
    """Return whom the tracer has to call, and with which number; nobody while a hold stands or a connector is asked."""
    last = open_step(read)
    if last is None or not read.is_mine or _is_held(principal, read, last):
        return []
    is_for_person = last.channel == "person" or last.state == "failed"
    return licensee_card(principal, last) if is_for_person else []


def licensee_card(principal: Principal, step: StepRead) -> list[tuple[str, Shown]]:
    """Return what one needs at hand to call the licensee of an inquiry."""
    try:
        read = licensee_get(principal, number=step.licensee)
    except NotFound:
        return []
    return [
        (_("Licensee"), Link(text=read.name, url=reverse("tracing:licensee", args=[read.number]))),
        (_("Telephone"), telephone(read.phone) or None),
        (_("Address"), read.address or None),
        (_("Inquiry"), RecordNumber(number=step.inquiry)),
        (_("Answer due by"), step.answer_due_at),
    ]


def _acts_of_taker(principal: Principal, read: TraceRead) -> set[str]:
    last, reason = open_step(read), read.waiting_reason
    found = {"answer"} if last else set()
    if read.status is not TraceStatus.AWAITING_TRACER or reason is None:
        return found
    found.add("conclude")
    offered = {
        "accept": reason in ACCEPTABLE,
        "continue": reason in MENDABLE and not read.is_held,
        "start": reason in CHOSEN_FOR,
        "ask_again": _can_ask_again(principal, read, last),
    }
    return found | {act for act, is_offered in offered.items() if is_offered}


def _can_ask_again(principal: Principal, read: TraceRead, last: StepRead | None) -> bool:
    if last is None or last.state != "failed" or _is_held(principal, read, last):
        return False
    return last.asked_at + LONGEST_LIFE > clock.now()


def _is_held(principal: Principal, read: TraceRead, step: StepRead) -> bool:
    """Tell whether a contact hold keeps a licensee from being asked: one on the trace, or on the licensee."""
    key = licence_key(step.licensee)
    known = licensees_known(principal, numbers=[step.licensee])
    return read.is_held or any(each.is_held for each in known if licence_key(each.number) == key)


def _sentences(principal: Principal, read: TraceRead) -> list[str]:
    match read.status:
        case TraceStatus.OPEN:
            return [_("The trace goes on by itself in a moment.")]
        case TraceStatus.INQUIRING:
            return _inquiring(principal, read)
        case TraceStatus.AWAITING_TRACER:
            return _waiting(principal, read)
        case TraceStatus.CONCLUDED:
            return [
                _("The trace ended: %(outcome)s.") % {"outcome": outcome_words(read.outcome)},
                _("Nothing is released by that: a supervisor releases the result, or withholds it."),
                *_withheld_before(read),
                *_second_person(principal, read),
            ]
        case TraceStatus.RELEASED:
            return [_("The result went to everyone who asked: %(outcome)s.") % {"outcome": outcome_words(read.outcome)}]
        case TraceStatus.WITHHELD:
            return [*_withheld(read), *_second_person(principal, read)]
        case _:
            return [_("The trace was closed without result.")]


def _inquiring(principal: Principal, read: TraceRead) -> list[str]:
    last = read.steps[-1]
    said = {"licensee": licensee_name(principal, last.licensee), "due": formats.moment(last.answer_due_at)}
    if _is_held(principal, read, last):
        return [_("A contact hold stands: %(licensee)s is not asked before it is lifted.") % said]
    if last.channel == "person":
        asked = _("%(licensee)s is to be asked by telephone; its answer is due by %(due)s.")
        return [asked % said, _("Name the gun and the number of the inquiry, and nothing of the case.")]
    found = [_("%(licensee)s is asked through its connector; its answer is due by %(due)s.") % said]
    if last.failure and last.next_try_at:
        found.append(failure_words(last.failure, last.failure_reason))
        found.append(_("It is asked again by itself on %(at)s.") % {"at": formats.moment(last.next_try_at)})
    return found


def _waiting(principal: Principal, read: TraceRead) -> list[str]:
    reason = read.waiting_reason
    if reason is None:
        return []
    found = [why_words(principal, reason, licensee=read.waiting_licensee, gun=read.gun)]
    if reason in MISSED and not principal.may(TracePermission.REGISTER):
        found.append(_("Ask a supervisor of the centre to enter the licensee in the register. Then choose “Look again”."))
    last = read.steps[-1] if read.steps else None
    if reason is WaitReason.DATES_CONTRADICT and read.facts.chain:
        found += [str(FINDINGS[each]) for each in read.facts.chain[-1].findings if each in BLOCKING]
    if reason is WaitReason.NO_ANSWER and last:
        found.append(failure_words(last.failure, last.failure_reason))
    return found


def _second_person(principal: Principal, read: TraceRead) -> list[str]:
    """Say that another person must release what one entered or let pass; nothing to whoever may not release."""
    is_involved = principal.may(TracePermission.RELEASE) and principal.id in people_of(read)
    return [sentence("release_needs_second_person")] if is_involved else []


def _withheld_before(read: TraceRead) -> list[str]:
    """Say that a result was withheld before an answer was corrected, so that nobody releases what was to stay back."""
    if not read.withheld_ground:
        return []
    said = _("It was withheld before an answer was corrected, on this ground: %(ground)s")
    return [said % {"ground": read.withheld_ground}]


def _withheld(read: TraceRead) -> list[str]:
    found = [_("The result is withheld: %(outcome)s.") % {"outcome": outcome_words(read.outcome)}]
    found.append(_("Ground: %(ground)s") % {"ground": read.withheld_ground})
    if read.review_on:
        found.append(_("To be reviewed by %(day)s.") % {"day": formats.day(read.review_on)})
    return found


def _with_forecast(principal: Principal, read: TraceRead, now: WhatNow) -> WhatNow:
    """Add what accepting, or looking again, would lead to: the walk is asked, and nothing is changed."""
    view = trace_view(principal, number=read.number)
    reason = read.waiting_reason
    if reason is not None and "accept" in now.acts:
        accepted = view.accepted | {Acceptance(reason=reason, step=read.waiting_step)}
        now = replace(now, after_accept=_forecast(principal, replace(view, accepted=accepted)))
    if "continue" in now.acts:
        step = next_step(view)
        is_same = isinstance(step, WaitForTracer) and (step.reason, step.licensee or "") == (
            reason,
            read.waiting_licensee,
        )
        if is_same:
            return replace(now, after_continue=_("As things stand, it would stop at the same place."))
        changed = _("What it waited for has changed since: have the trace checked again.")
        now = replace(now, kind="info", sentences=[changed, _forecast(principal, view)], will_go_on=True)
    return now


def _forecast(principal: Principal, view: TraceView) -> str:
    step: NextStep = next_step(view)
    match step:
        case Ask(licensee=number):
            return _("The trace then goes to %(licensee)s.") % {"licensee": licensee_name(principal, number)}
        case Finish(outcome=outcome):
            return _("The trace then ends: %(outcome)s.") % {"outcome": outcome_words(outcome)}
        case WaitForTracer(reason=reason, licensee=number):
            why = why_words(principal, reason, licensee=number or "", gun=view.gun)
            return _("The trace then waits again: %(why)s") % {"why": why}
        case _:
            return ""
