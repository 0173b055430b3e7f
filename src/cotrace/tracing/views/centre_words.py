"""What the tracing centre's pages say of a trace: where it stands, why it waits, what was answered, what failed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cotrace.doors import formats
from cotrace.doors.furniture import Badge, Text, Tone
from cotrace.tracing.forms.centre_labels import WAITS, Labels
from cotrace.tracing.reads.labels import BANDS, NO_NUMBERS, PRIORITIES
from cotrace.tracing.reads.tables import outcome_table, status_table
from cotrace.tracing.rules.clocks import TIME_OVER
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.inquiry import InquiryRefusal
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import StatusObject, TraceStatus
from cotrace.tracing.rules.time_to_crime import NoTimeToCrime, TimeToCrime
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.views.words import language

TONES: Mapping[TraceStatus, Tone] = {
    TraceStatus.OPEN: Tone.WAITING,
    TraceStatus.INQUIRING: Tone.WAITING,
    TraceStatus.AWAITING_TRACER: Tone.ATTENTION,
    TraceStatus.CONCLUDED: Tone.NEUTRAL,
    TraceStatus.RELEASED: Tone.DONE,
    TraceStatus.WITHHELD: Tone.PROBLEM,
    TraceStatus.CLOSED: Tone.CLOSED,
}

PRIORITY_BADGES: Mapping[Priority, Badge | None] = {
    Priority.ROUTINE: None,
    Priority.URGENT: Badge(text=PRIORITIES[Priority.URGENT], tone=Tone.ATTENTION),
}
"""What stands beside a trace that is not routine."""

FAILURES: Labels = {
    ConnectorFailure.SLOW: gettext_lazy("Its connector did not answer in time."),
    ConnectorFailure.UNREACHABLE: gettext_lazy("Its connector is out of reach."),
    ConnectorFailure.REDIRECTED: gettext_lazy("Its connector sent us to another address; we do not follow."),
    ConnectorFailure.ANSWER_TOO_LARGE: gettext_lazy("Its connector sent more than an answer can be."),
    ConnectorFailure.ANSWER_MALFORMED: gettext_lazy("Its connector answered in another form than agreed."),
    ConnectorFailure.SIGNATURE_WRONG: gettext_lazy("The answer is not signed with the licensee's key and does not count."),
    ConnectorFailure.ANSWER_MISMATCH: gettext_lazy("The answer is about another inquiry or another gun and does not count."),
    ConnectorFailure.ANSWERED_TWICE: gettext_lazy("Its connector gave two different answers to this inquiry."),
    ConnectorFailure.REFUSED: gettext_lazy("Its connector refuses to answer."),
    ConnectorFailure.ADDRESS_REFUSED: gettext_lazy("The address in the register may not be dialled."),
    ConnectorFailure.PENDING: gettext_lazy("The licensee asked for more time."),
    TIME_OVER: gettext_lazy("No answer came in the time that the law gives."),
}

REFUSALS: Labels = {
    InquiryRefusal.NOT_FOUND: gettext_lazy("It says that nobody answers at this address."),
    InquiryRefusal.NOT_JSON: gettext_lazy("It says that the inquiry is not JSON."),
    InquiryRefusal.TOO_LARGE: gettext_lazy("It says that the inquiry is too large."),
    InquiryRefusal.NOT_SIGNED: gettext_lazy("It says that the inquiry is not signed with a key it knows: give it the centre's key."),
    InquiryRefusal.MALFORMED: gettext_lazy("It says that the inquiry does not have the agreed form."),
    InquiryRefusal.NOT_ADDRESSED_HERE: gettext_lazy("It says that the inquiry is for another licence number."),
    InquiryRefusal.CLOCK_OUT_OF_STEP: gettext_lazy("It says that its clock and the centre's are out of step."),
    InquiryRefusal.EXPIRED: gettext_lazy("It says that the inquiry's time is over."),
    InquiryRefusal.LIFE_TOO_LONG: gettext_lazy("It says that the inquiry is to live too long."),
    InquiryRefusal.ID_REUSED: gettext_lazy("It says that it knows another inquiry under this number."),
    InquiryRefusal.UNAVAILABLE: gettext_lazy("It says that it cannot answer at present."),
}
"""Why a connector refuses, in its own account."""


def is_spanish() -> bool:
    """Tell whether the page is in Spanish."""
    return language().startswith("es")


def status_words(status: TraceStatus) -> str:
    """Return where a trace stands."""
    row = status_table()[StatusObject.TRACE, status]
    return row.label_es if is_spanish() else row.label_en


def standing(status: TraceStatus, reason: WaitReason | None) -> Badge:
    """Return where a trace stands, or, where it waits for a tracer, why."""
    words: Text = WAITS[reason] if reason else status_words(status)
    return Badge(text=words, tone=TONES[status])


def outcome_words(code: str) -> str:
    """Return an outcome as its table has it, behind its code."""
    row = outcome_table()[code]
    return f"{code} · {row.label_es if is_spanish() else row.label_en}"


def unblock_words(code: str) -> str:
    """Return what would bring a trace of this outcome further."""
    row = outcome_table()[code]
    return row.unblock_es if is_spanish() else row.unblock_en


def failure_words(failure: str, reason: str) -> str:
    """Return what went wrong with a try, in whole sentences; empty where nothing did."""
    if not failure:
        return ""
    said = [str(FAILURES.get(failure, failure))]
    if reason:
        said.append(str(REFUSALS.get(reason, "")) or _("It gives the code %(code)s.") % {"code": reason})
    return " ".join(said)


def age_words(since: datetime, *, now: datetime) -> str:
    """Return how long ago something was, in its largest whole unit."""
    passed = max(now - since, timedelta(0))
    minutes = int(passed.total_seconds() // 60)
    if passed.days >= 1:
        return _counted(ngettext("%(count)s day", "%(count)s days", passed.days), passed.days)
    if minutes >= 60:
        return _counted(ngettext("%(count)s hour", "%(count)s hours", minutes // 60), minutes // 60)
    return _counted(ngettext("%(count)s minute", "%(count)s minutes", minutes), minutes)


def days_words(days: int) -> str:
    """Return a number of days."""
    return _counted(ngettext("%(count)s day", "%(count)s days", days), days)


def time_to_crime_words(found: TimeToCrime | NoTimeToCrime) -> str:
    """Return the time from purchase to recovery, or why there is none."""
    if isinstance(found, NoTimeToCrime):
        return _("None: %(reason)s") % {"reason": NO_NUMBERS[found.reason]}
    said = {"days": days_words(found.days), "band": BANDS[found.band]}
    if found.is_short:
        return _("%(days)s (%(band)s), short") % said
    return _("%(days)s (%(band)s)") % said


def _counted(template: str, count: int) -> str:
    return template % {"count": formats.number(count)}
