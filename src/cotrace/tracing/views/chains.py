"""The chain of a result as a timeline: who held the gun, until when, and where the records fall silent or disagree."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cotrace.doors import formats
from cotrace.doors.furniture import Step, StepState
from cotrace.tracing.reads.labels import ANSWERS, FINDINGS, ROLES
from cotrace.tracing.reads.results import TraceResult
from cotrace.tracing.rules.chain import SILENT, ChainStep, Finding

GAPS = frozenset({Finding.DATE_MISSING, Finding.NOT_ANSWERED})


def chain_steps(read: TraceResult) -> list[Step]:
    """Return the licensees in the order they were asked, then the purchaser or the gap, then the recovery."""
    ends = [*(each.left_on for each in read.chain), None if read.purchaser else read.recovered_on]
    steps = [_link(each, until) for each, until in zip(read.chain, ends[1:], strict=True)]
    if read.purchaser is None:
        steps.append(_unknown())
    else:
        person = read.purchaser
        steps.append(
            Step(
                role=_("Purchaser"),
                party=" ".join(each for each in (person.given_names, person.family_names) if each),
                at=read.purchased_on,
                detail=_("The first retail purchaser, as the dealer's record names this person."),
                until_next=_between(read.purchased_on, read.recovered_on),
            )
        )
    recovery = read.request.recovery
    place = ", ".join(each for each in (recovery.city, recovery.state) if each)
    steps.append(Step(role=_("Recovery"), party=place or None, at=read.recovered_on))
    return steps


def _link(step: ChainStep, until: date | None) -> Step:
    """Return one licensee: what it answered, then what is missing or contradictory about that."""
    said = [ANSWERS[step.answer_kind]] if step.answer_kind else []
    words = [str(each) for each in (*said, *(FINDINGS[finding] for finding in step.findings))]
    if step.invoice:
        words.append(_("Invoice %(number)s.") % {"number": step.invoice})
    return Step(
        role=ROLES[step.role],
        party=_party(step),
        at=step.left_on,
        state=_state(step),
        detail=" ".join(words),
        until_next=_between(step.left_on, until),
    )


def _state(step: ChainStep) -> StepState:
    if any(finding not in GAPS for finding in step.findings):
        return StepState.CONFLICT
    if step.findings or step.answer_kind in SILENT:
        return StepState.GAP
    return StepState.DONE


def _party(step: ChainStep) -> str:
    name, number = step.licensee.name, step.licensee.number
    return _("%(name)s, licence %(number)s") % {"name": name, "number": number} if name else number


def _unknown() -> Step:
    return Step(
        role=_("From there to the recovery"),
        party=_("Not established"),
        state=StepState.GAP,
        detail=_("No record says who had the gun."),
    )


def _between(first: date | None, then: date | None) -> str:
    """Return the days between two known days; nothing where they run backwards, which a finding says."""
    if first is None or then is None or then < first:
        return ""
    days = (then - first).days
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": formats.number(days)}
