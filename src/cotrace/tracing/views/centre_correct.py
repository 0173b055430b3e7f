"""Correcting an answer that was entered wrongly by hand: the form of an answer, filled, and why it was wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.forms.centre_answer import CorrectionForm, initial_of_answer
from cotrace.tracing.reads.centre import StepRead, TraceRead
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.recorded_answer import recorded_to_json
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.correcting import trace_correct
from cotrace.tracing.views.centre_acts import put_on_record
from cotrace.tracing.views.centre_answer import answer_page, is_only_redrawn, kind_asked, rows_asked
from cotrace.tracing.views.centre_people import corrections_of
from cotrace.tracing.views.centre_trace import back_to

STEP_DIGITS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Ask what the licensee of a step really said; posted, put it in the place of what was entered."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    step = _step(request, read)
    if step is None or (request.method != "POST" and step.hop not in corrections_of(read)):
        return back_to(read.number)
    kind = kind_asked(request, default=step.answer_kind or AnswerKind.SHIPPED_TO)
    if request.method != "POST":
        return _page(request, read, step, _blank(read, step, kind))
    form = CorrectionForm(request.POST, kind=kind, serial=read.gun.serial or "", rows=rows_asked(request))
    if is_only_redrawn(request):
        typed = CorrectionForm(initial=request.POST.dict(), kind=kind, serial=form.serial, rows=rows_asked(request))
        return _page(request, read, step, typed)
    if not form.is_valid():
        return _page(request, read, step, form, status=422)
    return _corrected(request, read, step, form)


def _corrected(request: HttpRequest, read: TraceRead, step: StepRead, form: CorrectionForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        trace_correct(
            principal_of(request),
            number=read.number,
            version=said["version"],
            step=step.hop,
            note=said["note"],
            answer=form.answer(),
        )
    except Invalid as refusal:
        add_refusal(form, form.beside(refusal))
        return _page(request, read, step, form, status=422)
    except Refused as refusal:
        put_on_record(request, refusal)
        conflict = {"sentence": sentence_of(refusal), "can_be_entered": step.hop in corrections_of(read)}
        typed = {**request.POST.dict(), "version": read.version}
        kept = CorrectionForm(initial=typed, kind=form.kind, serial=form.serial, rows=form.rows)
        return _page(request, read, step, kept, conflict=conflict, status=409)
    messages.success(request, _("The answer was corrected and the trace went on from there. The old one stays on the trace."))
    return back_to(read.number)


def _page(
    request: HttpRequest,
    read: TraceRead,
    step: StepRead,
    form: CorrectionForm,
    *,
    conflict: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    here = f"{reverse('tracing:correct', args=[read.number])}?{urlencode({'step': step.hop})}"
    return answer_page(
        request,
        read,
        step,
        form,
        here=here,
        template="tracing/centre_correct.html",
        conflict=conflict,
        status=status,
    )


def _blank(read: TraceRead, step: StepRead, kind: AnswerKind) -> CorrectionForm:
    """Return the form with what was entered, as far as it is of this kind; the purchaser is shown to nobody by the way."""
    initial: dict[str, object] = {"version": read.version, "inquiry": step.inquiry}
    if step.answer and step.answer_kind is kind:
        initial |= initial_of_answer(recorded_to_json(step.answer), kind=kind)
    rows = sum(name.endswith("__gun__make") for name in initial)
    return CorrectionForm(initial=initial, kind=kind, serial=read.gun.serial or "", rows=rows)


def _step(request: HttpRequest, read: TraceRead) -> StepRead | None:
    asked = request.GET.get("step", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= STEP_DIGITS):
        return None
    return next((each for each in read.steps if each.hop == int(asked)), None)
