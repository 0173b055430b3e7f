"""The list of messages: everything one's agency sent, took and was refused, newest first."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cotrace.doors.furniture import (
    Absent,
    Column,
    Count,
    Link,
    Pager,
    RecordNumber,
    Row,
    Shown,
    Table,
)
from cotrace.doors.gate import principal_of
from cotrace.exchange.forms import LogFilterForm
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import Direction, LogPage, ReceivedRead, RefusedRead, SentRead
from cotrace.exchange.reads.words import (
    installation_words,
    kind_words,
    peer_words,
    reason_words,
    received_answer,
    received_badge,
    refused_badge,
    sent_answer,
    sent_badge,
    state_words,
)
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.selectors.log import exchange_log
from cotrace.exchange.selectors.peers import peer_list
from cotrace.foundation.principal import Principal

CURSOR_LENGTH = 60


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Show one page of the messages of the reader's agency, narrowed by what the address says."""
    principal = principal_of(request)
    form = LogFilterForm(request.GET, choices=_choices(principal))
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    page = exchange_log(principal, where=form.where(), at=at)
    asked = form.asked()
    context = {
        "form": form,
        "applied": _applied(form, asked),
        "table": _table(page),
        "pager": Pager(
            shown=len(page.rows),
            total=Count(value=page.count.number, is_capped=page.count.is_capped),
            newer_url=_url(asked) if at else "",
            older_url=_url({**asked, "at": page.older}) if page.older else "",
        ),
        "may_receive": principal.may(ExchangePermission.IMPORT),
    }
    return render(request, "exchange/messages.html", context)


def _url(asked: dict[str, str]) -> str:
    here = reverse("exchange:messages")
    return f"{here}?{urlencode(asked)}" if asked else here


def _choices(principal: Principal) -> dict[str, list[tuple[str, str]]]:
    return {
        "direction": list(_directions().items()),
        "kind": [(kind.value, kind_words(kind)) for kind in MessageKind],
        "state": list(state_words().items()),
        "peer": [(each.code, installation_words(each.code, each.name)) for each in peer_list(principal)],
    }


def _directions() -> dict[str, str]:
    return {
        Direction.SENT.value: pgettext("direction of messages", "Sent"),
        Direction.RECEIVED.value: pgettext("direction of messages", "Received"),
        Direction.REFUSED.value: pgettext("direction of messages", "Files not acted on"),
    }


def _applied(form: LogFilterForm, asked: dict[str, str]) -> tuple[Link, ...]:
    """Return each part of the filter in words, with the address of the list without it."""
    links = []
    for name, value in asked.items():
        choices = dict(getattr(form.fields[name], "choices", ()))
        left = {each: said for each, said in asked.items() if each != name}
        words = _("%(field)s: %(value)s") % {"field": form.fields[name].label, "value": choices.get(value, value)}
        links.append(Link(text=words, url=_url(left)))
    return tuple(links)


def _table(page: LogPage) -> Table:
    columns = (
        Column(label=pgettext("of a message", "Content")),
        Column(label=pgettext("of a message", "Direction")),
        Column(label=_("About")),
        Column(label=_("When")),
        Column(label=_("State")),
        Column(label=_("Acknowledgement or reason")),
    )
    rows = tuple(_row(each) for each in page.rows)
    return Table(caption=_("Messages, newest first"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _row(each: SentRead | ReceivedRead | RefusedRead) -> Row:
    match each:
        case SentRead():
            return _sent(each)
        case ReceivedRead():
            return _received(each)
        case RefusedRead():
            return _refused(each)


def _sent(each: SentRead) -> Row:
    is_answer = each.kind is MessageKind.ACKNOWLEDGEMENT
    url = (
        reverse("exchange:received", args=[each.record, each.peer])
        if is_answer
        else reverse("exchange:file", args=[each.record])
    )
    cells: tuple[Shown, ...] = (
        kind_words(each.kind),
        _("To %(peer)s") % {"peer": peer_words(each)},
        RecordNumber(number=each.record),
        each.created_at or each.noted_at,
        sent_badge(each),
        _("none needed") if is_answer else sent_answer(each),
    )
    return Row(url=url, cells=cells)


def _received(each: ReceivedRead) -> Row:
    cells: tuple[Shown, ...] = (
        kind_words(each.kind),
        _("From %(peer)s") % {"peer": peer_words(each)},
        RecordNumber(number=each.number) if each.number else None,
        each.received_at,
        received_badge(each),
        received_answer(each),
    )
    return Row(url=reverse("exchange:received", args=[each.message, each.peer]), cells=cells)


def _refused(each: RefusedRead) -> Row:
    """A file that was not acted on: what it says of itself is proven by nothing, and said so."""
    claims = _("Claims to come from %(peer)s") % {"peer": installation_words(each.claimed_sender, each.claimed_name)}
    unread = Absent(reason=_("it could not be read"), is_reason_enough=True)
    cells: tuple[Shown, ...] = (
        _("File"),
        claims if each.claimed_sender else _("Sender unknown"),
        RecordNumber(number=each.claimed_message) if each.claimed_message else unread,
        each.offered_at,
        refused_badge(),
        reason_words(each.code),
    )
    return Row(cells=cells)
