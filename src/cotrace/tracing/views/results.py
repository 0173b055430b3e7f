"""The result of a trace, for the agency that asked: read on a page, or taken along as a document."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from cotrace.agencies.selectors import agency_contact
from cotrace.doors import formats
from cotrace.doors.furniture import Absent, Link, RecordNumber, Shown
from cotrace.doors.gate import principal_of
from cotrace.firearms.sentences.labels import serial_shown
from cotrace.foundation import clock
from cotrace.tracing.reads.labels import BANDS, FORMAL_STEPS, LAST_POINTS, NO_NUMBERS, WAYS
from cotrace.tracing.reads.results import TraceResult
from cotrace.tracing.rules.answers import Address, LicenseeRef, Purchaser
from cotrace.tracing.rules.formal_step import Certifiable, formal_step
from cotrace.tracing.rules.result_document import result_to_json
from cotrace.tracing.rules.time_to_crime import NoTimeToCrime, TimeToCrime
from cotrace.tracing.selectors.requests import request_result, result_document
from cotrace.tracing.views.chains import chain_steps
from cotrace.tracing.views.words import Fact, country, gun_words, language


@require_GET
def result(request: HttpRequest, number: str) -> HttpResponse:
    """Show what a trace established; that the purchaser was shown is on record before."""
    principal = principal_of(request)
    read = request_result(principal, number=number)
    desk = agency_contact(principal.agency)
    context = {
        "read": read,
        "heading": gun_words(read.gun),
        "serial": serial_shown(read.gun.serial or "", read.gun.serial_condition),
        "outcome": read.outcome.label(language()),
        "unblock": read.outcome.unblock(language()),
        "found": _found(read),
        "purchaser": _purchaser(read.purchaser) if read.purchaser else [],
        "origin": _origin(read),
        "steps": chain_steps(read),
        "was_asked": bool(read.chain),
        "has_gaps": read.has_gaps,
        "is_short": isinstance(read.time_to_crime, TimeToCrime) and read.time_to_crime.is_short,
        "next_steps": _next_steps(read, country=desk.country if desk else ""),
        "papers": _papers(read.request_number),
        "opened_by": principal.name,
        "opened_at": clock.now(),
        "agency": principal.agency,
    }
    return render(request, "tracing/result.html", context)


@require_GET
def result_json(request: HttpRequest, number: str) -> HttpResponse:
    """Send the result as a `cotrace-trace-result` document; the disclosure is on record before."""
    document = result_document(principal_of(request), number=number)
    text = json.dumps(result_to_json(document), ensure_ascii=False, indent=2)
    name = f"trace-result-{document.request_number}-LES.json"
    return HttpResponse(
        text + "\n",
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _found(read: TraceResult) -> list[Fact]:
    """Return dealer, dates and the time between them; where there is no purchaser, how far the trace came."""
    recovered: Fact = (_("Recovered on"), read.recovered_on)
    if read.purchaser is None:
        dealer: list[Fact] = [(_("Dealer"), _licensee(read.dealer))] if read.dealer else []
        return [(_("Last point reached"), LAST_POINTS[read.outcome.last_point]), *dealer, recovered]
    return [
        (_("Dealer"), _licensee(read.dealer)),
        (_("Bought on"), read.purchased_on),
        recovered,
        (_("Time-to-crime"), _time(read.time_to_crime)),
    ]


def _time(found: TimeToCrime | NoTimeToCrime) -> Shown:
    """Return time-to-crime in days and ATF's band; why there is none, where there is none."""
    if isinstance(found, NoTimeToCrime):
        return Absent(reason=NO_NUMBERS[found.reason])
    return ngettext(
        "%(days)s day, ATF's band: %(band)s", "%(days)s days, ATF's band: %(band)s", found.days
    ) % {"days": formats.number(found.days), "band": BANDS[found.band]}


def _licensee(licensee: LicenseeRef | None) -> Shown:
    if licensee is None:
        return None
    if not licensee.name:
        return licensee.number
    return _("%(name)s, licence %(number)s") % {"name": licensee.name, "number": licensee.number}


def _purchaser(person: Purchaser) -> list[Fact]:
    facts: list[Fact] = [
        (_("Surnames"), person.family_names),
        (_("Given names"), person.given_names),
        (_("Date of birth"), person.birth_date),
        (_("Address"), _address(person.address)),
    ]
    document = person.document
    if document is not None:
        said = " ".join(each for each in (document.type_name, document.number) if each)
        shown = _("%(document)s, issued by %(issuer)s") % {"document": said, "issuer": document.issuer}
        facts.append((_("Identity document"), shown if document.issuer else said))
    return facts


def _address(address: Address | None) -> str | None:
    if address is None:
        return None
    parts = (address.street, address.city, address.state, address.postal_code, country(address.country))
    return ", ".join(each for each in parts if each) or None


def _origin(read: TraceResult) -> list[Fact]:
    """Return the numbers of this result, and when it was released."""
    url = reverse("tracing:request", args=[read.request_number])
    return [
        (_("Request"), RecordNumber(number=read.request_number, url=url)),
        (_("Number at the centre"), RecordNumber(number=read.trace_number)),
        (_("Released"), read.released_at),
        (_("Outcome code"), read.outcome.code),
    ]


def _next_steps(read: TraceResult, *, country: str) -> list[str]:
    """Return what to do with the lead, and by which way it becomes evidence."""
    step = formal_step(read.chain, asking_country=country)
    dealer = (read.dealer.name or read.dealer.number) if read.dealer else _("the dealer")
    compare = _("Compare the purchaser with the person the gun was taken from and those around them.")
    steps = [compare] if read.purchaser else []
    if step.certifiable is not Certifiable.NOTHING:
        steps.append(FORMAL_STEPS[step.certifiable] % {"dealer": dealer})
    steps += [str(WAYS[step.way])] if step.way else []
    return steps


def _papers(number: str) -> list[Link]:
    """Return the ways to take the result along, on paper in the reader's language first."""
    found = [Link(text=_("Document for other systems (JSON)"), url=reverse("tracing:result_json", args=[number]))]
    try:
        pdfs = [
            Link(text=label, url=reverse("tracing:result_pdf", args=[number, code]))
            for code, label in (("en", _("PDF in English")), ("es", _("PDF in Spanish")))
        ]
    except NoReverseMatch:
        return found
    return [*(pdfs[::-1] if language().startswith("es") else pdfs), *found]
