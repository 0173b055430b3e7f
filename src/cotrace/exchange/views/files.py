"""The signed file of one record, one message that was taken, and its acknowledgement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.doors.furniture import RecordNumber
from cotrace.doors.gate import principal_of
from cotrace.exchange.exports import acknowledgement_file, record_file
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import ReceivedRead, SignedFile
from cotrace.exchange.reads.parcels import parcels_of
from cotrace.exchange.reads.words import (
    Fact,
    installation_words,
    kind_words,
    peer_words,
    reason_words,
    received_badge,
)
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.selectors.messages import received_get, record_exchange
from cotrace.sharing.holding import holding_kinds


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Show what leaves and came about one record; posted, send the signed file, `again` under a new message id."""
    principal = principal_of(request)
    if request.method == "POST":
        signed = record_file(
            principal,
            number=number,
            message=request.POST.get("message", ""),
            is_again=request.POST.get("again") == "yes",
        )
        return file_response(signed)
    about = record_exchange(principal, number=number)
    context = {
        "about": about,
        "came": [(peer_words(each), each) for each in about.received],
        "goes_to": installation_words(about.installation, about.installation_name),
        "record": RecordNumber(number=about.number, url=_page_of(about.number)),
        "parcels": parcels_of(principal, about),
        "may_receive": principal.may(ExchangePermission.IMPORT),
    }
    return render(request, "exchange/record.html", context)


@require_GET
def received(request: HttpRequest, message: str, peer: str) -> HttpResponse:
    """Show one message that the reader's agency took, and the way to its acknowledgement."""
    principal = principal_of(request)
    read = received_get(principal, peer=peer, message=message)
    needs_answer = read.kind is not MessageKind.ACKNOWLEDGEMENT
    context = {
        "read": read,
        "peer": peer_words(read),
        "title": kind_words(read.kind),
        "facts": _facts(read),
        "needs_answer": needs_answer,
        "may_answer": needs_answer and principal.may(ExchangePermission.EXPORT),
        "record_url": reverse("exchange:file", args=[read.number]) if read.number else "",
    }
    return render(request, "exchange/received.html", context)


@require_POST
def acknowledgement(request: HttpRequest, message: str, peer: str) -> HttpResponse:
    """Send the signed file that acknowledges a message the reader's agency took."""
    return file_response(acknowledgement_file(principal_of(request), message=message, peer=peer))


def file_response(signed: SignedFile) -> HttpResponse:
    """Return a signed file as a download under its own name."""
    return HttpResponse(
        signed.content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{signed.name}"'},
    )


def _facts(read: ReceivedRead) -> list[Fact]:
    is_refused = read.disposition is Disposition.REFUSED
    facts: list[Fact] = [
        (_("From"), peer_words(read)),
        (_("What became of it"), received_badge(read)),
        (pgettext("moment", "Taken"), read.received_at),
        (_("About"), RecordNumber(number=read.number, url=_page_of(read.number)) if read.number else None),
        (_("Id of the message"), RecordNumber(number=read.message)),
    ]
    if is_refused:
        facts.insert(2, (_("Why"), reason_words(read.code)))
    if read.in_reply_to:
        facts.append((_("Answers"), RecordNumber(number=read.in_reply_to)))
    if read.attachments:
        facts.append((_("Files named beside it"), read.attachments))
    return facts


def _page_of(number: str) -> str:
    """Return the address of a record's own page; empty where its number is none of a kind that is known here."""
    pages = (each.page for each in holding_kinds() if number.startswith(f"{each.prefix}-"))
    return next((reverse(page, args=[number]) for page in pages), "")
