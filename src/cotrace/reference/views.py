"""The code tables as pages: which lists there are and where they come from, and the codes of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cotrace.doors.furniture import Badge, Column, Link, Row, Shown, Table, Tone
from cotrace.reference.forms import CodeSearchForm
from cotrace.reference.reads import CodePage, CodeRead, TableRead
from cotrace.reference.selectors import code_list, table_list

CODE_MAX = 40


@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """Show every code table: what it lists, how much, from where and since when."""
    return render(request, "reference/tables.html", {"table": _tables_table(table_list())})


@require_GET
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Show one page of a table's codes, in both languages; narrowed to words where some are asked for."""
    form = CodeSearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    at = request.GET.get("at", "")[:CODE_MAX]
    page = code_list(table=code, text=text, at=at)
    here = reverse("reference:table", args=[page.table.code])
    narrowed = {"text": text} if text else {}
    context = {
        "read": page.table,
        "title": page.table.title(_language()),
        "form": form,
        "here": here,
        "table": _codes_table(page),
        "facts": _facts(page.table),
        "applied": (Link(text=_("With: %(words)s") % {"words": text}, url=here),) if text else (),
        "found": page.found,
        "first_url": _url(here, narrowed) if at else "",
        "next_url": _url(here, {**narrowed, "at": page.later}) if page.later else "",
    }
    return render(request, "reference/table.html", context, status=422 if form.errors else 200)


def _url(here: str, asked: dict[str, str]) -> str:
    return f"{here}?{urlencode(asked)}" if asked else here


def _tables_table(found: tuple[TableRead, ...]) -> Table:
    columns = (
        Column(label=pgettext("a code table", "List")),
        Column(label=pgettext("of a code table", "Entries"), is_numeric=True),
        Column(label=pgettext("of a code table", "Version")),
        Column(label=pgettext("of a code table", "Loaded")),
        Column(label=pgettext("of a code table", "Source")),
    )
    rows = tuple(
        Row(
            url=reverse("reference:table", args=[each.code]),
            cells=(each.title(_language()), each.entries, each.version, each.loaded_at.date(), each.source),
        )
        for each in sorted(found, key=lambda each: each.title(_language()))
    )
    return Table(caption=_("Lists of codes, by title"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _codes_table(page: CodePage) -> Table:
    has_parents = any(each.parent for each in page.rows)
    has_places = any(each.latitude is not None for each in page.rows)
    columns = [Column(label=pgettext("of a list", "Code")), Column(label=_("In English")), Column(label=_("In Spanish"))]
    columns += [Column(label=_("Belongs to"))] if has_parents else []
    columns += [Column(label=_("Latitude"), is_numeric=True), Column(label=_("Longitude"), is_numeric=True)] if has_places else []
    rows = tuple(
        Row(
            cells=(
                _code(each),
                each.label_en,
                each.label_es,
                *([each.parent or None] if has_parents else []),
                *([_degrees(each.latitude), _degrees(each.longitude)] if has_places else []),
            )
        )
        for each in page.rows
    )
    caption = _("Codes of the list, in their order")
    return Table(caption=caption, columns=tuple(columns), rows=rows, is_caption_hidden=bool(rows))


def _code(read: CodeRead) -> Shown:
    """Return a code; one that left its list says so."""
    if not read.is_retired:
        return read.code
    return Badge(text=_("%(code)s (retired)") % {"code": read.code}, tone=Tone.CLOSED)


def _degrees(value: float | None) -> Shown:
    return None if value is None else f"{value:.2f}"


def _facts(read: TableRead) -> list[tuple[str, Shown]]:
    return [
        (pgettext("of a code table", "Source"), read.source),
        (pgettext("of a code table", "Version"), read.version),
        (pgettext("of a code table", "Entries"), read.entries),
        (pgettext("of a code table", "Loaded"), read.loaded_at),
        (pgettext("of a code table", "Name for the terminal and the API"), read.code),
    ]


def _language() -> str:
    return get_language() or "en"
