"""The main navigation: which subjects a principal can go to."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.foundation.permissions import SIGNED_IN
from cotrace.foundation.principal import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One entry of the main navigation."""

    label: str | Promise
    url: str
    is_current: bool
    count: int | None = None


ENTRIES: tuple[tuple[str, str | Promise], ...] = (("home", _("Today")),)


def navigation(principal: Principal, path: str) -> list[NavigationItem]:
    """Return the entries whose routes the principal's roles open."""
    shown = []
    for name, label in ENTRIES:
        needed = PERMISSION_MAP[name]
        if needed != SIGNED_IN and not principal.may(needed):
            continue
        url = reverse(name)
        is_current = path == url or (url != "/" and path.startswith(url))
        shown.append(NavigationItem(label=label, url=url, is_current=is_current))
    return shown
