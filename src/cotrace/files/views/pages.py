"""One attachment: its cleaned pictures, what is known of it, who had it; and withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Absent, Column, RecordNumber, Row, Shown, Table
from cotrace.doors.gate import principal_of
from cotrace.files.forms import WithdrawalForm
from cotrace.files.reads import AttachmentRead, Custody
from cotrace.files.selectors import attachment_get, attachments_of, custody_of, may_withdraw
from cotrace.files.sentences.attachments import KINDS, MEDIA_TYPES
from cotrace.files.services.attachments import attachment_withdraw
from cotrace.files.views.addresses import record_url
from cotrace.foundation.errors import Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing.sentences.grounds import act_words, door_words, purpose_words

Fact = tuple[str, Shown]


@require_GET
def attachment(request: HttpRequest, number: str) -> HttpResponse:
    """Show a cleaned copy and the facts; to the owner also who had it, and the way to the original."""
    principal = principal_of(request)
    read = attachment_get(principal, number=number)
    is_own = read.owner == principal.agency
    context = {
        "read": read,
        "heading": str(KINDS[read.kind]),
        "pages": range(1, read.pages_shown + 1),
        "is_cut": read.pages > read.pages_shown,
        "record_url": record_url(read.record),
        "facts": _facts(read),
        "withdrawal": _withdrawal(read) if read.is_withdrawn else [],
        "may_withdraw": may_withdraw(principal, read=read),
        "is_own": is_own,
        "custody": _custody_table(custody_of(principal, number=read.number)) if is_own else None,
    }
    return render(request, "files/attachment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask why an attachment of one's agency no longer counts, and withdraw it."""
    principal = principal_of(request)
    read = attachment_get(principal, number=number)
    if not may_withdraw(principal, read=read):
        raise NotFound
    back = reverse("files:attachment", args=[read.number])
    others = _others(principal, read)
    form = WithdrawalForm(request.POST, others=others) if request.method == "POST" else WithdrawalForm(others=others)
    if form.is_valid():
        try:
            attachment_withdraw(principal, number=read.number, **form.cleaned_data)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The attachment was withdrawn."))
            return HttpResponseRedirect(back)
    context = {
        "title": _("Withdraw this attachment?"),
        "act_label": _("Withdraw it"),
        "form": form,
        "back_url": back,
        "is_dangerous": True,
    }
    return render(request, "files/withdraw.html", context, status=422 if form.errors else 200)


def _others(principal: Principal, read: AttachmentRead) -> list[AttachmentRead]:
    found = attachments_of(principal, record=read.record)
    there = found.attachments if found else ()
    return [each for each in there if each.number != read.number and not each.is_withdrawn]


def _facts(read: AttachmentRead) -> list[Fact]:
    is_document = read.pages > 1 or read.pages_shown > 1
    return [
        (_("Caption"), read.caption or Absent()),
        (pgettext("of a file", "Type"), MEDIA_TYPES[read.media_type]),
        *([(_("Pages"), read.pages)] if is_document else []),
        (_("Size in bytes"), read.size_bytes),
        (_("SHA-256 of the original"), RecordNumber(number=read.sha256)),
        (_("Received"), read.added_at),
        (_("Received by"), read.added_by or read.owner),
    ]


def _withdrawal(read: AttachmentRead) -> list[Fact]:
    successor = read.superseded_by
    page = reverse("files:attachment", args=[successor]) if successor else ""
    return [
        (_("Withdrawn"), read.withdrawn_at),
        (_("Withdrawn by"), read.withdrawn_by or read.owner),
        (_("Because"), read.withdrawn_because),
        (_("What counts instead"), RecordNumber(number=successor, url=page) if successor else _("nothing")),
    ]


def _custody_table(custody: Custody) -> dict[str, object]:
    columns = (
        Column(label=_("When")),
        Column(label=_("Agency")),
        Column(label=_("Person")),
        Column(label=_("Did what")),
        Column(label=_("By which way")),
        Column(label=_("Purpose")),
    )
    rows = tuple(
        Row(
            cells=(
                each.at,
                each.agency,
                each.person or _("not disclosed"),
                act_words(each.action),
                door_words(each.door),
                purpose_words(each.purpose) if each.purpose else None,
            )
        )
        for each in custody.rows
    )
    table = Table(caption=_("Who had it, oldest first"), columns=columns, rows=rows, is_caption_hidden=True)
    return {"table": table, "has_looks": custody.has_looks}
