"""The main navigation: which subjects a principal can go to, and what waits there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.doors.furniture import Count
from cotrace.exchange.selectors.messages import WAITING_MAX as LEAVING_MAX
from cotrace.exchange.selectors.messages import waiting_count as leaving_count
from cotrace.foundation.permissions import SIGNED_IN
from cotrace.foundation.principal import Principal
from cotrace.notices.selectors import WAITING_MAX, waiting_count
from cotrace.sharing.holding import holding_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One entry of the main navigation."""

    label: str | Promise
    url: str
    is_current: bool
    count: Count | None = None


def _notices(principal: Principal) -> Count | None:
    number = waiting_count(principal)
    return Count(value=number, is_capped=number >= WAITING_MAX) if number else None


def _leaving(principal: Principal) -> Count | None:
    number = leaving_count(principal)
    return Count(value=number, is_capped=number >= LEAVING_MAX) if number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A route that the navigation names, and how many things wait behind it."""

    route: str
    label: str | Promise
    waiting: Callable[[Principal], Count | None] | None = None
    is_counted_elsewhere: bool = True
    """Whether the count shows on every page, at the price of a query each."""
    also: tuple[str, ...] = ()
    """Further beginnings of addresses that belong to it."""


ENTRIES: tuple[Entry, ...] = (
    Entry(route="home", label=_("Today")),
    Entry(route="notices:inbox", label=_("Notices"), waiting=_notices),
    Entry(route="seizures:list", label=_("Seizures"), also=("/firearms/",)),
    Entry(route="seizures:imports", label=_("Imports")),
    Entry(route="tracing:requests", label=_("Traces")),
    Entry(route="tracing:queue", label=_("Tracing queue")),
    Entry(route="tracing:licensees", label=_("Licensees")),
    Entry(route="exchange:messages", label=_("Exchange"), waiting=_leaving, is_counted_elsewhere=False),
    Entry(route="sharing:agreements", label=_("Memoranda")),
    Entry(route="sharing:circles", label=_("Circles")),
    Entry(route="sharing:emergency", label=_("Emergency session")),
    Entry(route="audit:log", label=_("Log")),
    Entry(route="member_list", label=_("Members")),
)


def navigation(principal: Principal, path: str) -> list[NavigationItem]:
    """Return the entries whose routes the principal's roles open; the one with the longest match is current."""
    shown = [(entry, reverse(entry.route)) for entry in ENTRIES if is_open(principal, entry.route)]
    place = _record_of(path)
    led = ((url, begin) for entry, url in shown for begin in (url, *entry.also) if _leads_to(begin, place))
    current = max(led, key=lambda found: len(found[1]), default=("", ""))[0]
    return [
        NavigationItem(
            label=entry.label,
            url=url,
            is_current=url == current,
            count=entry.waiting(principal) if entry.waiting and (entry.is_counted_elsewhere or url == current) else None,
        )
        for entry, url in shown
    ]


def is_open(principal: Principal, route: str) -> bool:
    """Tell whether the permission map opens a route to the principal when it is read."""
    needed = PERMISSION_MAP.get(f"GET {route}") or PERMISSION_MAP[route]
    return needed == SIGNED_IN or principal.may(needed)


def _record_of(path: str) -> str:
    """Return, for a page on who sees a record, the address of the record: it stands where the record stands."""
    start, _slash, number = path.removeprefix("/").rpartition("/")[0].partition("/")
    if start != "access":
        return path
    prefix = number.upper().partition("-")[0]
    return next((reverse(each.page, args=[number]) for each in holding_kinds() if each.prefix == prefix), path)


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
