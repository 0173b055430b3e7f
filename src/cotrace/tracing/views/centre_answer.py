"""Entering an answer that a licensee gave by telephone or in writing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Tab
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.forms.centre_answer import ROWS_MIN, ROWS_MORE, AnswerForm
from cotrace.tracing.forms.centre_labels import ANSWERS
from cotrace.tracing.reads.centre import StepRead, TraceRead
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.register import licensees_offered
from cotrace.tracing.services.tracer import trace_answer
from cotrace.tracing.views.centre_acts import put_on_record
from cotrace.tracing.views.centre_next import acts_of, licensee_card, open_step
from cotrace.tracing.views.centre_trace import back_to
from cotrace.tracing.views.words import gun_facts, gun_words

FIRST = AnswerKind.SHIPPED_TO


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Ask what the licensee of the last inquiry said; posted, enter it."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    step, kind = open_step(read), kind_asked(request, default=FIRST)
    rows = rows_asked(request)
    if request.method != "POST":
        if step is None or "answer" not in acts_of(principal, read):
            return back_to(read.number)
        blank = AnswerForm(initial=_initial(read, step), kind=kind, serial=read.gun.serial or "", rows=rows)
        return _page(request, read, step, blank)
    form = AnswerForm(request.POST, kind=kind, serial=read.gun.serial or "", rows=rows)
    if is_only_redrawn(request):
        typed = AnswerForm(initial=request.POST.dict(), kind=kind, serial=read.gun.serial or "", rows=rows)
        return _page(request, read, step, typed)
    if not form.is_valid():
        return _page(request, read, step, form, status=422)
    try:
        version = form.cleaned_data["version"]
        trace_answer(principal, number=number, version=version, answer=form.answer())
    except Invalid as refusal:
        add_refusal(form, form.beside(refusal))
        return _page(request, read, step, form, status=422)
    except Refused as refusal:
        put_on_record(request, refusal)
        return _conflict(request, read, form, refusal)
    messages.success(request, _("The answer was entered and the trace went on."))
    return back_to(number)


def _conflict(request: HttpRequest, read: TraceRead, form: AnswerForm, refusal: Refused) -> HttpResponse:
    """Keep what was typed: it can be entered where its inquiry still waits, and only read where it does not."""
    asked = form.cleaned_data["inquiry"]
    step = open_step(read)
    is_same = step is not None and step.inquiry == asked and read.is_mine
    typed = {**request.POST.dict(), "version": read.version}
    kept = AnswerForm(initial=typed, kind=form.kind, serial=form.serial, rows=form.rows)
    if not is_same:
        step = next((each for each in read.steps if each.inquiry == asked), None)
    conflict = {"sentence": sentence_of(refusal), "can_be_entered": is_same}
    return _page(request, read, step, kept, conflict=conflict, status=409)


def _page(
    request: HttpRequest,
    read: TraceRead,
    step: StepRead | None,
    form: AnswerForm,
    *,
    conflict: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    here = reverse("tracing:answer", args=[read.number])
    template = "tracing/centre_answer.html"
    return answer_page(request, read, step, form, here=here, template=template, conflict=conflict, status=status)


def answer_page(
    request: HttpRequest,
    read: TraceRead,
    step: StepRead | None,
    form: AnswerForm,
    *,
    here: str,
    template: str,
    conflict: dict[str, object] | None,
    status: int,
) -> HttpResponse:
    """Draw the form of an answer at `here`, with the gun that was asked for and whom the tracer calls."""
    kinds = tuple(
        Tab(label=label, url=_with_kind(here, code), is_current=code == form.kind) for code, label in ANSWERS.items()
    )
    context = {
        "read": read,
        "gun": gun_words(read.gun),
        "gun_facts": gun_facts(read.sources[0].document),
        "step": step,
        "card": licensee_card(principal_of(request), step) if step else [],
        "form": form,
        "kinds": kinds,
        "carried": form.carried(request.POST.dict()),
        "register": licensees_offered(principal_of(request)),
        "kind_words": ANSWERS[form.kind],
        "conflict": conflict,
        "back_url": reverse("tracing:trace", args=[read.number]),
        "here": _with_kind(here, form.kind.value),
    }
    return render(request, template, context, status=status)


def kind_asked(request: HttpRequest, *, default: AnswerKind) -> AnswerKind:
    """Return the kind of answer that an address names."""
    asked = request.GET.get("kind", "")
    return AnswerKind(asked) if asked in ANSWERS else default


def is_only_redrawn(request: HttpRequest) -> bool:
    """Tell whether a form was posted to be drawn again with what was typed: of another kind, or with more rows."""
    return "switch" in request.POST or "more" in request.POST


def rows_asked(request: HttpRequest) -> int:
    """Return how many rows for guns a posted form had, and those asked for besides."""
    asked = request.POST.get("rows", "")
    rows = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else ROWS_MIN
    return rows + ROWS_MORE if "more" in request.POST else rows


def _with_kind(here: str, kind: str) -> str:
    return f"{here}{'&' if '?' in here else '?'}{urlencode({'kind': kind})}"


def _initial(read: TraceRead, step: StepRead) -> dict[str, object]:
    return {"version": read.version, "inquiry": step.inquiry}
