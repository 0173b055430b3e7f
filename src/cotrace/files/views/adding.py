"""Adding photographs and documents to a record, several in one go: what is good is taken, the rest is named."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cotrace.doors import formats
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.files.exports.tiles import tiles_of
from cotrace.files.forms import AttachmentForm
from cotrace.files.imports.attaching import attachment_add
from cotrace.files.imports.limits import DEFAULT_PICTURE_LIMITS
from cotrace.files.rules.file_names import safe_file_name
from cotrace.files.selectors import attachments_of
from cotrace.files.services.attachments import attachment_allow
from cotrace.files.views.addresses import record_url
from cotrace.foundation.errors import CotraceError, Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for photographs or documents of a record of one's agency and attach them."""
    principal = principal_of(request)
    form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
    taken, refused = 0, list[str]()
    if form.is_valid():
        taken, refused = _attached(principal, number, form)
        if not refused and not form.errors:
            said = ngettext("%(count)s file was attached.", "%(count)s files were attached.", taken)
            messages.success(request, said % {"count": formats.number(taken)})
            return HttpResponseRedirect(record_url(number))
    return _form_page(request, number, form, {"taken": taken, "refused": refused})


def _form_page(request: HttpRequest, number: str, form: AttachmentForm, outcome: dict[str, object]) -> HttpResponse:
    found = attachments_of(principal_of(request), record=number)
    if found is None or not found.may_add:
        raise NotFound
    context = {"form": form, "record": found.record, "back": record_url(found.record), **tiles_of(found), **outcome}
    status = 422 if form.errors or outcome["refused"] else 200
    return render(request, "files/attach.html", context, status=status)


def _attached(principal: Principal, record: str, form: AttachmentForm) -> tuple[int, list[str]]:
    """Attach each file; return how many were taken, and of each other one its name with the reason."""
    words = {"kind": form.cleaned_data["kind"], "caption": form.cleaned_data["caption"]}
    try:
        attachment_allow(principal, record=record, **words)
    except Invalid as refusal:
        for problem in refusal.fields:
            form.add_error(problem.field, sentence_of(problem))
        return 0, []
    taken, refused = 0, []
    for file in form.sent():
        try:
            attachment_add(principal, record=record, content=_content(file), **words)
        except (Invalid, Refused) as refusal:
            refused.append(_named(file, refusal))
        else:
            taken += 1
    return taken, refused


def _content(file: "UploadedFile[bytes]") -> bytes:
    """Return a file's bytes, one more than are taken where it has more."""
    content: bytes = file.read(DEFAULT_PICTURE_LIMITS.file_bytes + 1)
    return content


def _named(file: "UploadedFile[bytes]", refusal: CotraceError) -> str:
    why = " ".join([sentence_of(each) for each in refusal.fields] or [sentence_of(refusal)])
    return _("%(file)s: %(why)s") % {"file": safe_file_name(file.name or ""), "why": why}
