"""The messages of one's own agency that the reader may know of: a message about a hidden record is hidden with it."""

from django.db.models import Exists, OuterRef, QuerySet

from cotrace.exchange.models import ReceivedMessage, SentMessage
from cotrace.foundation.principal import Principal
from cotrace.sharing.models import Holding
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.scope import scope_of
from cotrace.tracing.holding import REQUEST_KIND, TRACE_KIND

KINDS = (REQUEST_KIND, TRACE_KIND)
"""What files are about."""


def sent_of(principal: Principal) -> QuerySet[SentMessage]:
    """Return what the principal's agency sent or is to send, but for what is about records hidden from the principal.

    An acknowledgement is about the record whose message it acknowledges.
    """
    hidden = _hidden(principal)
    acknowledged = ReceivedMessage.objects.filter(
        Exists(hidden.filter(pk=OuterRef("number"))), agency=principal.agency, message=OuterRef("record")
    )
    rows = SentMessage.objects.filter(agency=principal.agency)
    return rows.exclude(Exists(hidden.filter(pk=OuterRef("record")))).exclude(Exists(acknowledged))


def received_of(principal: Principal) -> QuerySet[ReceivedMessage]:
    """Return what came for the principal's agency, but for what is about records hidden from the principal."""
    rows = ReceivedMessage.objects.filter(agency=principal.agency)
    return rows.exclude(Exists(_hidden(principal).filter(pk=OuterRef("number"))))


def _hidden(principal: Principal) -> QuerySet[Holding]:
    """Return the records of the principal's agency that the principal does not see in full."""
    seen = [shelf for kind in KINDS for shelf in scope_of(principal, kind=kind).shelves(Level.FULL)]
    return Holding.objects.filter(owner=principal.agency, shelf__kind__in=KINDS).exclude(shelf_id__in=seen)
