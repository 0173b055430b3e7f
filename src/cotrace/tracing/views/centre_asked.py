"""What a trace was asked: each request that it answers, in the requester's own words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import RecordNumber
from cotrace.tracing.reads.centre import SourceRead, TraceRead
from cotrace.tracing.views.request_parts import possessor_facts, request_parts
from cotrace.tracing.views.words import Fact, agency_name, case_facts, people_facts, recovery_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """A request that a trace answers: who asks, for what, and what its requester wants to be heeded."""

    requester: str
    facts: list[Fact]
    justification: str
    instructions: str


def requests_shown(read: TraceRead) -> list[RequestShown]:
    """Return the requests that a trace answers, first come first."""
    return [
        RequestShown(
            requester=requester_words(each),
            facts=_facts(each),
            justification=each.document.justification or "",
            instructions=each.document.special_instructions or "",
        )
        for each in read.sources
    ]


def requester_words(source: SourceRead) -> str:
    """Return who asked: an agency of this installation by name, one of another by what it calls itself."""
    if source.installation:
        said = {"agency": source.requester, "installation": source.installation}
        if not source.requester:
            return _("An agency that the file does not name, through %(installation)s") % said
        return _("%(agency)s, through %(installation)s") % said
    return agency_name(source.requester)


def _facts(source: SourceRead) -> list[Fact]:
    document = source.document
    return [
        (_("Request"), RecordNumber(number=source.request)),
        (pgettext("moment", "Received"), source.received_at),
        *case_facts(document),
        *recovery_facts(document),
        *people_facts(document),
        *possessor_facts(document),
        *(fact for _id, _title, facts in request_parts(document) for fact in facts),
    ]
