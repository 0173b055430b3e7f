"""Who of the centre's people had a hand in a trace, and what its reader may correct of it."""

from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.correction import is_correctable


def corrections_of(read: TraceRead) -> frozenset[int]:
    """Return the steps whose answer its reader may correct now."""
    return correctable_steps(read) if read.is_mine else frozenset()


def people_of(read: TraceRead) -> set[str]:
    """Return the ids of the centre's people who answered, accepted or concluded something that counts on a trace."""
    found = {each.answered_by for each in read.steps} | {read.concluded_by}
    return (found | {each.accepted_by for each in read.acceptances if not each.is_void}) - {""}


def named_on(read: TraceRead) -> set[str]:
    """Return the ids of the centre's people whom the page of a trace names, also for what counts no more."""
    steps = (*read.steps, *read.superseded)
    earlier = [each for step in steps for each in step.earlier]
    found = {step.answered_by for step in steps}
    for each in earlier:
        found |= {each.answered_by, each.corrected_by}
    return (found | {each.accepted_by for each in read.acceptances} | {read.concluded_by}) - {""}


def correctable_steps(read: TraceRead) -> frozenset[int]:
    """Return the steps whose answer whoever takes the trace may correct now."""
    return frozenset(
        each.hop
        for each in read.steps
        if is_correctable(read.status, state=each.state, answered_by=each.answered_by)
    )
