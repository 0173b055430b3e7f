"""Where a record's page is, by the kind that its number begins with."""

from django.urls import reverse

from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import normal_number
from cotrace.sharing.holding import holding_kinds


def record_url(number: str) -> str:
    """Return the address of a record's page. Raises NotFound for what is no number of a record."""
    normal = normal_number(number) or ""
    page = {each.prefix: each.page for each in holding_kinds()}.get(normal.partition("-")[0])
    if page is None:
        raise NotFound
    return reverse(page, args=[normal])
