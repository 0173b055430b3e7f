"""One box on every page: a record's number leads to the record, other words to the list that can look for them.

The address of a record is made of what was typed, whether there is such a record or not: its page decides who sees it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cotrace.config.navigation import is_open
from cotrace.doors.gate import principal_of
from cotrace.doors.searches import keep_search
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.holding import holding_kinds
from cotrace.tracing.selectors.register import is_centre

WORDS_MAX = 100
OTHER_PAGES: Mapping[str, str] = MappingProxyType(
    {"AG": "sharing:agreement", "CI": "sharing:circle", "IM": "seizures:import", "AT": "files:attachment"}
)
"""Pages of numbers that no holding has."""


@require_POST
def find(request: HttpRequest) -> HttpResponseRedirect:
    """Go to the record of a number, or look for words in the first list that the person may open."""
    principal = principal_of(request)
    words = " ".join(request.POST.get("q", "").split())[:WORDS_MAX]
    if words and (page := page_of(words)):
        return HttpResponseRedirect(page)
    if words and (where := list_of(principal)):
        name = keep_search(request, {"text": words})
        return HttpResponseRedirect(f"{reverse(where)}?{urlencode({'s': name})}")
    messages.warning(request, _("Write the number of a record, as it stands on its page and in notices."))
    return HttpResponseRedirect(reverse("home"))


def list_of(principal: Principal) -> str:
    """Return the list that looks for a person's words: the queue for who works at a tracing centre, else seizures, or none."""
    if is_open(principal, "tracing:queue") and is_centre(principal):
        return "tracing:queue"
    return "seizures:list" if is_open(principal, "seizures:list") else ""


def page_of(words: str) -> str:
    """Return the address of the record whose number was typed; empty where the words are no number of a kind known here."""
    number = normal_number(words)
    if number is None:
        return ""
    pages = {each.prefix: each.page for each in holding_kinds()} | dict(OTHER_PAGES)
    page = pages.get(number.partition("-")[0])
    return reverse(page, args=[number]) if page else ""
