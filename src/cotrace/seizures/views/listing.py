"""The list of seizures: newest first, narrowed by a search that is posted, taken out as a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.doors import formats
from cotrace.doors.furniture import (
    Across,
    Column,
    Count,
    LevelBadge,
    Link,
    Pager,
    RecordNumber,
    Row,
    Shown,
    Tab,
    Table,
)
from cotrace.doors.gate import principal_of
from cotrace.doors.searches import keep_search, kept_search
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import Principal
from cotrace.seizures.exports import seizures_file
from cotrace.seizures.forms.seizure import FilterForm, SeizureChoices, filter_of
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import SeizurePage, SeizureRead
from cotrace.seizures.rules.completeness import ITEMS
from cotrace.seizures.selectors import seizure_list, seizure_pointers
from cotrace.seizures.sentences.labels import ITEMS as ITEM_LABELS
from cotrace.seizures.views.words import UNSAID, CodeWords, amount_shown, code_words, country_of, not_shared
from cotrace.sharing.reads import CappedCount

CURSOR_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Search:
    """The search that an address names: its name, what it says, which of its parts the reader took away."""

    name: str
    whole: Mapping[str, str]
    dropped: frozenset[str]

    @property
    def values(self) -> dict[str, str]:
        """Return what is in force."""
        return {name: value for name, value in self.whole.items() if name not in self.dropped}

    def url(self, page: str, *, at: str = "", drop: str = "") -> str:
        """Return the address of a page of this search, with one more part dropped."""
        dropped = sorted({*self.dropped, drop} - {""})
        left = set(self.whole) - set(dropped)
        query = [("s", self.name), *(("drop", each) for each in dropped)] if left else []
        query += [("at", at)] if at else []
        return f"{reverse(page)}?{urlencode(query)}" if query else reverse(page)


NO_SEARCH = Search("", {}, frozenset())


def search_of(request: HttpRequest) -> Search | None:
    """Return the search that the address names; None where it names one that is no longer kept."""
    name = request.GET.get("s") or request.POST.get("s") or ""
    if not name:
        return NO_SEARCH
    whole = kept_search(request, name)
    if whole is None:
        return None
    dropped = request.GET.getlist("drop") or request.POST.getlist("drop")
    return Search(name, whole, frozenset(dropped) & frozenset(whole))


@require_http_methods(["GET", "HEAD", "POST"])
def seizures(request: HttpRequest) -> HttpResponse:
    """Show one page of the seizures whose date the reader may see; posted, keep a search and go to its first page."""
    words = code_words()
    if request.method == "POST":
        return _searched(request, words)
    found = search_of(request)
    search = found or NO_SEARCH
    form = FilterForm(initial=search.values, choices=_choices(principal_of(request), words))
    context = _list_context(request, search, words)
    return render(request, "seizures/list.html", {**context, "form": form, "is_search_gone": found is None})


def _searched(request: HttpRequest, words: CodeWords) -> HttpResponse:
    form = FilterForm(request.POST, choices=_choices(principal_of(request), words))
    if not form.is_valid():
        context = _list_context(request, NO_SEARCH, words)
        return render(request, "seizures/list.html", {**context, "form": form}, status=422)
    kept = form.kept()
    search = Search(keep_search(request, kept), kept, frozenset()) if kept else NO_SEARCH
    return HttpResponseRedirect(search.url("seizures:list"))


@require_GET
def pointers(request: HttpRequest) -> HttpResponse:
    """Show the records of which the reader may know only whom to call."""
    principal = principal_of(request)
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    page = seizure_pointers(principal, at=at)
    here = reverse("seizures:pointers")
    older = f"{here}?{urlencode({'at': page.older})}" if page.older else ""
    context = {
        "table": _pointer_table(page),
        "pager": Pager(shown=len(page.rows), total=count(page.count), newer_url=here if at else "", older_url=older),
        "tabs": _tabs(NO_SEARCH, page, current="seizures:pointers"),
    }
    return render(request, "seizures/pointers.html", context)


@require_POST
def seizure_take_out(request: HttpRequest) -> HttpResponse:
    """Send the seizures of a search as a marked file; the disclosure is on record before."""
    principal = principal_of(request)
    search = search_of(request)
    if search is None:
        messages.warning(request, _("This search is no longer kept. Search again, then take it out."))
        return HttpResponseRedirect(reverse("seizures:list"))
    try:
        file = seizures_file(principal, where=filter_of(search.values))
    except Refused as refusal:
        messages.warning(request, sentence_of(refusal))
        return HttpResponseRedirect(search.url("seizures:list"))
    return HttpResponse(
        file.content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


def count(number: CappedCount) -> Count:
    """Return a capped count as pages draw it."""
    return Count(value=number.number, is_capped=number.is_capped)


def _choices(principal: Principal, words: CodeWords) -> SeizureChoices:
    home = country_of(principal)
    return SeizureChoices(states=words.state_choices(home=home), forces=words.force_choices(home=home))


def _list_context(request: HttpRequest, search: Search, words: CodeWords) -> dict[str, object]:
    principal = principal_of(request)
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    page = seizure_list(principal, where=filter_of(search.values), at=at)
    return {
        "table": _table(page, words),
        "pager": Pager(
            shown=len(page.rows),
            total=count(page.count),
            newer_url=search.url("seizures:list", at=page.newer) if page.newer else "",
            older_url=search.url("seizures:list", at=page.older) if page.older else "",
        ),
        "tabs": _tabs(search, page, current="seizures:list"),
        "applied": _applied(search, words),
        "search": search,
        "may_record": principal.may(SeizurePermission.RECORD),
        "may_import": principal.may(SeizurePermission.IMPORT),
        "may_export": principal.may(SeizurePermission.EXPORT),
    }


def _tabs(search: Search, page: SeizurePage, *, current: str) -> tuple[Tab, ...]:
    is_list = current == "seizures:list"
    return (
        Tab(
            label=_("Seizures"),
            url=search.url("seizures:list"),
            is_current=is_list,
            count=count(page.count) if is_list else None,
        ),
        Tab(
            label=_("Whom to call"),
            url=reverse("seizures:pointers"),
            is_current=not is_list,
            count=count(page.pointers),
        ),
    )


def _applied(search: Search, words: CodeWords) -> tuple[Link, ...]:
    """Return each part of the search in words, with the address of the search without it."""
    where = filter_of(search.values)
    said = {
        "text": _("Words: %(words)s") % {"words": where.text},
        "state": _("State: %(state)s") % {"state": words.state(where.state_code)},
        "force": _("Force: %(force)s") % {"force": words.force(where.force)},
        "since": _("Since %(day)s") % {"day": formats.day(where.since_on) if where.since_on else ""},
        "until": _("Until %(day)s") % {"day": formats.day(where.until_on) if where.until_on else ""},
    }
    return tuple(Link(text=said[name], url=search.url("seizures:list", drop=name)) for name in search.values)


def _table(page: SeizurePage, words: CodeWords) -> Table:
    columns = (
        Column(label=_("Date")),
        Column(label=_("Place")),
        *(Column(label=ITEM_LABELS[item], is_numeric=True) for item in ITEMS),
        Column(label=pgettext("of a record", "Owner")),
        Column(label=_("Your level")),
    )
    rows = tuple(_row(each, words) for each in page.rows)
    return Table(caption=_("Seizures, newest first"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _row(read: SeizureRead, words: CodeWords) -> Row:
    amounts, place = read.amounts, words.place(read.state_code, read.municipio_code)
    counted: tuple[Shown | Across, ...] = (
        (Across(shown=not_shared(), columns=len(ITEMS), label=_("What was taken")),)
        if amounts is None
        else tuple(amount_shown(amounts.get(item, UNSAID)) for item in ITEMS)
    )
    return Row(
        url=reverse("seizures:detail", args=[read.number]),
        detail=place if isinstance(place, str) else "",
        cells=(
            read.occurred_on,
            place,
            *counted,
            read.owner,
            LevelBadge(code=read.level.name),
        ),
    )


def _pointer_table(page: SeizurePage) -> Table:
    columns = (
        Column(label=_("Number")),
        Column(label=pgettext("of a record", "Owner")),
        Column(label=_("Liaison desk")),
        Column(label=_("Telephone")),
        Column(label=_("E-mail")),
    )
    rows = []
    for each in page.rows:
        desk = each.liaison
        rows.append(
            Row(
                url=reverse("seizures:detail", args=[each.number]),
                cells=(
                    RecordNumber(number=each.number),
                    each.owner,
                    (desk and desk.liaison_name) or None,
                    (desk and desk.liaison_phone) or None,
                    (desk and desk.liaison_email) or None,
                ),
            )
        )
    return Table(
        caption=_("Records of which you may know only whom to call"),
        columns=columns,
        rows=tuple(rows),
        is_caption_hidden=bool(rows),
    )
