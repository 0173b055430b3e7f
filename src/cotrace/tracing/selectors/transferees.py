"""The one reader of purchasers: those on one record of one's own agency, never a list, never a search.

Law forbids a searchable register of gun owners (18 USC 926(a)); a test holds that nothing else reads the table.
"""

from django.db.models import QuerySet

from cotrace.foundation.principal import Principal
from cotrace.tracing.models import Transferee
from cotrace.tracing.rules.answers import Purchaser
from cotrace.tracing.rules.recorded_answer import purchaser_from_json


def purchasers_of(principal: Principal, *, record: str) -> dict[int, Purchaser]:
    """Return the purchasers named on one record of the principal's agency, by step.

    For selectors and services that have checked the permission and put the disclosure on record.
    """
    return {row.hop: purchaser_from_json(row.person) for row in _rows(principal, record).order_by("hop")}


def is_purchaser_known(principal: Principal, *, record: str) -> bool:
    """Tell whether a record of the principal's agency names a purchaser."""
    return _rows(principal, record).exists()


def _rows(principal: Principal, record: str) -> QuerySet[Transferee]:
    """Return whom a record names now: whoever a corrected answer named is named no more."""
    return Transferee.objects.filter(owner=principal.agency, record=record, superseded_at=None)
