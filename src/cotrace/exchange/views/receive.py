"""Taking a signed file in, and saying in words what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.doors.furniture import RecordNumber
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.exchange.forms import ReceiveForm
from cotrace.exchange.imports import FileOutcome, file_offer
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import ReceivedRead, TakenFile
from cotrace.exchange.reads.words import Fact, installation_words, is_no_signed_file, no_signed_file_words
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.rules.judgement import Refusal
from cotrace.exchange.selectors.messages import received_get
from cotrace.exchange.selectors.peers import peer_name
from cotrace.foundation.errors import CotraceError, NotFound
from cotrace.foundation.principal import Principal


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Ask for a signed file; posted, judge it, act on it once, and say what came of it."""
    principal = principal_of(request)
    if request.method != "POST":
        return render(request, "exchange/receive.html", {"form": ReceiveForm()})
    form = ReceiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "exchange/receive.html", {"form": form}, status=422)
    outcome = file_offer(principal, content=form.content())
    if outcome.taken is None:
        return _refused(request, principal, outcome)
    messages.success(request, _taken_words(principal, outcome.taken))
    return HttpResponseRedirect(reverse("exchange:received", args=[outcome.taken.message, outcome.taken.peer]))


def _refused(request: HttpRequest, principal: Principal, outcome: FileOutcome) -> HttpResponse:
    refusal = outcome.refusal
    if refusal is None:
        raise NotFound
    kept = _kept(principal, outcome)
    is_known = refusal.code == Refusal.ALREADY_RECEIVED
    is_other = is_no_signed_file(refusal)
    context = {
        "form": ReceiveForm(),
        "outcome": outcome,
        "is_known": is_known,
        "sentence": no_signed_file_words() if is_other else sentence_of(refusal),
        "facts": _facts(principal, outcome),
        "problems": _problems(refusal, is_other=is_other),
        "kept_url": reverse("exchange:received", args=[kept.message, kept.peer]) if kept else "",
        "can_answer": kept is not None and not is_known and principal.may(ExchangePermission.EXPORT),
    }
    return render(request, "exchange/receive.html", context, status=refusal.http_status)


def _problems(refusal: CotraceError, *, is_other: bool) -> list[str]:
    """Return what is wrong inside the file; of what is none of ours only why it could not be read."""
    if is_other and not refusal.fields:
        return [sentence_of(refusal)]
    return [f"{each.field}: {sentence_of(each)}" for each in refusal.fields]


def _named(principal: Principal, code: str) -> str:
    """Return an installation by name and code, as far as the reader may know the register."""
    return installation_words(code, peer_name(principal, code=code))


def _facts(principal: Principal, outcome: FileOutcome) -> list[Fact]:
    """Return what the file says of itself, proven by nothing, and what it can be known by."""
    message, sender = outcome.claimed_message, outcome.claimed_sender
    recipient = outcome.claimed_recipient
    return [
        (_("Claims to come from"), _named(principal, sender) if sender else None),
        (_("Claims to be for"), _named(principal, recipient) if recipient else None),
        (_("Claims to be message"), RecordNumber(number=message) if message else None),
        (_("SHA-256 of the file"), RecordNumber(number=outcome.sha256)),
    ]


def _kept(principal: Principal, outcome: FileOutcome) -> ReceivedRead | None:
    """Return the message that the file is, where the reader's own agency has it and may see it."""
    if not outcome.claimed_message or not principal.may(ExchangePermission.READ):
        return None
    try:
        found = received_get(principal, peer=outcome.claimed_sender, message=outcome.claimed_message)
    except NotFound:
        return None
    refusal = outcome.refusal
    is_same = refusal is not None and refusal.code in {Refusal.ALREADY_RECEIVED, found.code}
    return found if is_same else None


def _taken_words(principal: Principal, taken: TakenFile) -> str:
    named = {"peer": _named(principal, taken.peer), "number": taken.number}
    return {
        MessageKind.TRACE_REQUEST: _("The request of %(peer)s was taken. Here it is trace %(number)s.") % named,
        MessageKind.TRACE_RESULT: _("The result from %(peer)s was taken. It answers your request %(number)s.") % named,
        MessageKind.ACKNOWLEDGEMENT: _("The acknowledgement of %(peer)s was taken. It is about %(number)s.") % named,
    }[taken.kind]
