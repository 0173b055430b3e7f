"""What this room shows on other rooms' pages: the signed files of a trace request and of a trace."""

from django.urls import reverse

from cotrace.doors.panels import Panel, fill
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads.parcels import parcels_of
from cotrace.exchange.reads.words import installation_words, peer_words
from cotrace.exchange.selectors.messages import record_exchange
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal


@fill("trace_request.detail", name="exchange.files")
def files_of_request(principal: Principal, subject: str) -> Panel | None:
    """Show the owner of a request that goes elsewhere its signed file, and what came back."""
    return _files(principal, subject)


@fill("trace.detail", name="exchange.files")
def files_of_trace(principal: Principal, subject: str) -> Panel | None:
    """Show the centre from where the requests of a trace came, and the signed file of its result."""
    return _files(principal, subject)


def _files(principal: Principal, number: str) -> Panel | None:
    if not principal.may(ExchangePermission.READ):
        return None
    try:
        about = record_exchange(principal, number=number)
    except NotFound:
        return None
    if not (about.installation or about.sent or about.received):
        return None
    context = {
        "about": about,
        "came": [(peer_words(each), each) for each in about.received],
        "goes_to": installation_words(about.installation, about.installation_name),
        "parcels": parcels_of(principal, about),
        "url": reverse("exchange:file", args=[about.number]),
    }
    return Panel("exchange/panels/files.html", context)
