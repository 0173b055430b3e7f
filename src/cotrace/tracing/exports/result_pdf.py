"""The result of a trace as a PDF, one reader's copy in English or Spanish.

The copy says on every page whose it is and when it was opened; that opening is on record before a byte of it exists.
The same result, reader and moment give the same bytes, with the same version of typst.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

from django.conf import settings
from django.utils import translation

from cotrace.agencies.selectors import agency_contact
from cotrace.files.exports.typesetting import typeset
from cotrace.files.rules.file_names import safe_file_name
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_label
from cotrace.tracing.exports.result_facts import ReaderCopy
from cotrace.tracing.exports.result_pages import result_page
from cotrace.tracing.reads.results import TraceResult
from cotrace.tracing.selectors.requests import request_result

LANGUAGES = ("en", "es")
GUN_TYPES = "ncic_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """A PDF and what it is called as a file."""

    name: str
    content: bytes


def result_pdf(result: TraceResult, *, copy: ReaderCopy) -> bytes:
    """Return one reader's copy of a result as a PDF. Raises Unavailable typesetting_failed."""
    with translation.override(copy.language):
        page = result_page(result, copy=copy)
    with as_file(files("cotrace.tracing").joinpath("data", "result.typ")) as template:
        return typeset(template, data=page, at=copy.at)


def result_copy(principal: Principal, *, number: str, language: str) -> PdfFile:
    """Return the principal's own copy of the result of one of its agency's requests, purchaser included.

    Raises NotFound where the request is another's, has no result or there is no such language. Audit:
    trace.result_opened.
    """
    if language not in LANGUAGES:
        raise NotFound
    result = request_result(principal, number=number)
    desk = agency_contact(principal.agency)
    name = (desk.name_es if language == "es" else desk.name_en) if desk else principal.agency
    copy = ReaderCopy(
        language=language,
        person=principal.name or principal.id,
        agency=principal.agency,
        agency_name=name,
        country=desk.country if desk else "",
        gun_type=code_label(GUN_TYPES, code=result.gun.type_code, language=language),
        at=clock.now(),
        is_demo=settings.COTRACE_DEMO,
    )
    called = safe_file_name(f"trace-result-{result.request_number}-{language}-LES.pdf")
    return PdfFile(name=called, content=result_pdf(result, copy=copy))
