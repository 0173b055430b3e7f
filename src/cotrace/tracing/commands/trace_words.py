"""A request and its result in words for the terminal, in the terminal's language, at most 80 columns wide.

Every text from a document goes through `printable`: what came from anywhere cannot steer a terminal.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cotrace.doors import formats, terminal
from cotrace.files.rules.printable import printable
from cotrace.firearms.sentences.labels import CONDITIONS, gun_name
from cotrace.foundation import clock
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.foundation.rules.strict import Fields
from cotrace.tracing.exports.result_facts import Fact, ReaderCopy
from cotrace.tracing.exports.result_pages import Chain, Link, ResultPage, result_page
from cotrace.tracing.reads.labels import FIELDS, STANDINGS
from cotrace.tracing.reads.results import OutcomeRead, TraceResult
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import TraceRequestDocument, parse_request
from cotrace.tracing.rules.result_document import TraceResultDocument, parse_result
from cotrace.tracing.rules.statuses import ShownAs

LABEL_WIDTH = 22


def request_lines(found: JsonObject) -> Iterator[str]:
    """Yield a request as the site tells it at the reader's level, a line a fact; what is not told is left out."""
    top = Fields.of(found)
    standing, liaison = top.child_or_none("standing"), top.child_or_none("liaison")
    document = found.get("document")
    facts: list[tuple[object, object]] = [
        (_("Request"), found.get("number")),
        (_("Asked by"), found.get("owner")),
        (_("Standing"), None if standing is None else _standing(standing)),
        (_("Telephone to call"), None if standing is None else standing.values.get("call_back")),
        (_("Liaison desk"), None if liaison is None else _liaison(liaison.values)),
        (_("Submitted"), _moment(found.get("submitted_at"))),
        (_("Submitted by"), found.get("submitted_name")),
    ]
    facts += _document_facts(parse_request(document)) if document else _gun_facts(found)
    facts += [(_("Tracing centre"), found.get("centre")), (_("Number at the centre"), found.get("centre_number"))]
    yield from (_fact_line(str(label), [str(value)]) for label, value in facts if value)


def result_lines(request: JsonObject, result: JsonObject, *, country: str, language: str) -> Iterator[str]:
    """Yield the result of a request of one's own agency, which is in `country`: that says how records are asked for."""
    page = result_page(_result(request, parse_result(result)), copy=_copy(request, country=country, language=language))
    yield ""
    yield f"{page.title}: {page.outcome} ({page.outcome_code})"
    yield from _wrapped(f"{page.caveat.title}. {page.caveat.words}")
    yield ""
    yield from _facts(fact for column in page.sections[0].columns for fact in column)
    yield ""
    yield from _chain(page.chain)
    yield from _next(page)


def standing_words(standing: JsonObject) -> str:
    """Return where a request stands, in words."""
    return _standing(Fields.of(standing))


def gun_words(found: JsonObject) -> str:
    """Return the gun of a request in few words without its serial, as far as the reader's level tells it."""
    make, calibre = (printable(str(found.get(name) or "")) for name in ("make", "calibre"))
    return gun_name(make=make, model=None, calibre=calibre, is_privately_made=False)


def serial_words(found: JsonObject) -> str:
    """Return the serial of a request's gun, empty where the reader's level does not tell it."""
    return printable(str(found.get("serial") or ""))


def _standing(fields: Fields) -> str:
    shown = fields.code_or_none("shown_as", ShownAs)
    return str(STANDINGS[shown].text) if shown else ""


def _liaison(desk: Mapping[str, object]) -> str:
    names = ("liaison_name", "liaison_phone", "liaison_email")
    return ", ".join(str(desk[name]) for name in names if desk.get(name))


def _moment(value: object) -> str:
    return formats.moment(datetime.fromisoformat(str(value))) if value else ""


def _gun_facts(found: JsonObject) -> list[tuple[object, object]]:
    names = (("gun.type", "type_code"), ("gun.make", "make"), ("gun.calibre", "calibre"), ("gun.serial", "serial"))
    return [(FIELDS[label], found.get(name)) for label, name in names]


def _document_facts(document: TraceRequestDocument) -> list[tuple[object, object]]:
    gun, recovery, agency = document.gun, document.recovery, document.agency
    place = ", ".join(each for each in (recovery.address, recovery.city, recovery.state, recovery.country) if each)
    named = gun_name(make=gun.make, model=gun.model, calibre=gun.calibre, is_privately_made=gun.is_privately_made)
    return [
        (_("Gun"), named),
        (FIELDS["gun.serial"], _serial(gun)),
        (FIELDS["recovery.date"], formats.day(recovery.recovered_on) if recovery.recovered_on else None),
        (_("Place of recovery"), place),
        (FIELDS["agency.case_number"], agency.case_number),
        (FIELDS["agency.other_case_number"], agency.other_case_number),
        (FIELDS["recovery.exhibit_number"], recovery.exhibit_number),
        (_("Seizure"), document.seizure_number),
    ]


def _serial(gun: GunDescription) -> str:
    return gun.serial or str(CONDITIONS[gun.serial_condition])


def _result(request: JsonObject, document: TraceResultDocument) -> TraceResult:
    asked, outcome = parse_request(request["document"]), outcome_table()[document.outcome]
    return TraceResult(
        trace_number=document.trace_number,
        request_number=document.request_number,
        request=asked,
        centre=str(request.get("centre") or ""),
        outcome=OutcomeRead(
            code=outcome.code,
            label_en=outcome.label_en,
            label_es=outcome.label_es,
            last_point=outcome.last_point,
            unblock_en=outcome.unblock_en,
            unblock_es=outcome.unblock_es,
        ),
        released_at=document.released_at,
        gun=asked.gun,
        recovered_on=document.recovered_on,
        dealer=document.dealer,
        purchaser=document.purchaser,
        purchased_on=document.purchased_on,
        time_to_crime=document.time_to_crime,
        chain=document.chain,
    )


def _copy(request: JsonObject, *, country: str, language: str) -> ReaderCopy:
    """Return a copy that nobody's mark is put on."""
    return ReaderCopy(
        language=language,
        person="",
        agency=str(request.get("owner") or ""),
        agency_name="",
        country=country,
        gun_type="",
        at=clock.now(),
        is_demo=False,
    )


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (_fact_line(fact.label, [each.words for each in fact.lines]) for fact in facts)


def _fact_line(label: str, lines: list[str]) -> str:
    """Return a label and its value; what does not fit beside the label goes on below, indented alike."""
    indent = " " * (LABEL_WIDTH + 2)
    head = label if len(label) > LABEL_WIDTH else f"{label:<{LABEL_WIDTH}}  "
    parts = [part for each in lines for part in _wrapped(printable(each), indent=indent)]
    if len(label) > LABEL_WIDTH:
        return "\n".join([head, *parts])
    return "\n".join([head + parts[0].lstrip(), *parts[1:]])


def _chain(chain: Chain) -> Iterator[str]:
    yield f"{chain.heading}:"
    if not chain.links:
        yield from _wrapped(chain.empty, indent="  ")
    for link in chain.links:
        yield from _wrapped(_link_words(link), indent="  ", hanging="     ")
        for finding in link.findings:
            yield from _wrapped(f"! {finding}", indent="     ", hanging="       ")


def _link_words(link: Link) -> str:
    name = f"{link.name} ({link.licence})" if link.name else link.licence
    said = " ".join(each for each in (link.answer, link.invoice) if each)
    when = f" {link.left}." if link.left else ""
    return f"{link.number}. {name}, {link.role}.{when} {said}".rstrip()


def _next(page: ResultPage) -> Iterator[str]:
    for part in page.next.parts:
        yield ""
        yield f"{part.label}:"
        for words in part.paragraphs:
            yield from _wrapped(words, indent="  ")


def _wrapped(words: str, *, indent: str = "", hanging: str = "") -> list[str]:
    return textwrap.wrap(
        words, width=terminal.WIDTH, initial_indent=indent, subsequent_indent=hanging or indent
    ) or [indent]
