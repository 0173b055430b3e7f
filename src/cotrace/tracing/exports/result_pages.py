"""A result in words as `data/result.typ` lays it out: what stands on every page, outcome, facts, chain, next steps.

In the active language, and pure but for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors import formats
from cotrace.files.rules.printable import printable
from cotrace.tracing.exports.result_facts import Fact, Look, ReaderCopy, Section, line, recovery, sale
from cotrace.tracing.reads.labels import ANSWERS, FINDINGS, FORMAL_STEPS, ROLES, WAYS
from cotrace.tracing.reads.results import TraceResult
from cotrace.tracing.rules.answers import LicenseeRef
from cotrace.tracing.rules.chain import SILENT, ChainStep
from cotrace.tracing.rules.formal_step import FROM_AN_ENTRY, Certifiable, formal_step


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A few words, and what they head."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on every page. `page` has the places {page} and {pages}; `demo` is None where data are real."""

    demo: Remark | None
    agency: str
    marking: str
    opened: str
    about: str
    number: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One row of the chain."""

    number: str
    name: str | None
    licence: str
    role: str
    answer: str
    invoice: str | None
    left: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The chain as a table. `clean` stands where a link has no finding, `empty` where there is no link."""

    heading: str
    columns: tuple[str, ...]
    links: tuple[Link, ...]
    clean: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Paragraphs under a label."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """What would bring the trace further, and what a court needs."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """All that is shown of a result."""

    language: str
    region: str
    title: str
    description: str
    frame: Frame
    numbers: tuple[Fact, ...]
    outcome: str
    outcome_code: str
    caveat: Remark
    sections: tuple[Section, ...]
    chain: Chain
    next: NextSteps


def result_page(result: TraceResult, *, copy: ReaderCopy) -> ResultPage:
    """Return what is shown of a result, in the active language."""
    number = printable(result.request_number)
    return ResultPage(
        language=copy.language,
        region="mx" if copy.language == "es" else "us",
        title=_("Trace result"),
        description=_("Result of trace request %(number)s") % {"number": number},
        frame=_frame(number, copy),
        numbers=_numbers(result),
        outcome=result.outcome.label(copy.language),
        outcome_code=_("Outcome %(code)s") % {"code": result.outcome.code},
        caveat=Remark(
            title=_("A lead, not evidence"),
            words=_(
                "This tells where records of the trade lead. It does not say that anyone named here did anything "
                "unlawful, nor who had the gun after the last sale."
            ),
        ),
        sections=(sale(result, copy), recovery(result, copy)),
        chain=_chain(result.chain),
        next=_next(result, copy),
    )


def _frame(number: str, copy: ReaderCopy) -> Frame:
    opened = _("Copy of %(person)s, %(agency)s, opened on %(at)s. Every opening is on record.")
    said = {"person": copy.person, "agency": copy.agency, "at": formats.moment(copy.at)}
    demo = Remark(title=_("Synthetic data"), words=_("No person, gun or event here is real."))
    return Frame(
        demo=demo if copy.is_demo else None,
        agency=printable(copy.agency_name),
        marking=_("LAW ENFORCEMENT SENSITIVE"),
        opened=printable(opened % said),
        about=_("Result of trace request"),
        number=number,
        page=_("Page {page} of {pages}"),
    )


def _numbers(result: TraceResult) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Request"), lines=(line(result.request_number, Look.NUMBER),)),
        Fact(label=_("Number at the centre"), lines=(line(result.trace_number, Look.NUMBER),)),
        Fact(label=_("Tracing centre"), lines=(line(result.centre, Look.SMALL),)),
        Fact(label=_("Released"), lines=(line(formats.day(result.released_at.date()), Look.SMALL),)),
    )


def _chain(chain: Iterable[ChainStep]) -> Chain:
    return Chain(
        heading=_("The chain of commerce"),
        columns=(
            pgettext("column of a table", "No."),
            pgettext("column of a table", "Licensee"),
            pgettext("column of a table", "Role"),
            pgettext("column of a table", "Answer"),
            pgettext("column of a table", "Gun left on"),
            pgettext("column of a table", "Gaps and contradictions"),
        ),
        links=tuple(_link(each) for each in chain),
        clean=pgettext("gaps and contradictions of one record", "none"),
        empty=_("No licensee was asked: the description did not lead to one."),
    )


def _link(step: ChainStep) -> Link:
    invoice = _("Invoice %(number)s.") % {"number": step.invoice} if step.invoice else None
    return Link(
        number=str(step.number),
        name=printable(step.licensee.name) if step.licensee.name else None,
        licence=printable(step.licensee.number),
        role=str(ROLES[step.role]),
        answer=str(ANSWERS[step.answer_kind]) if step.answer_kind else "",
        invoice=printable(invoice) if invoice else None,
        left=_left(step),
        findings=tuple(str(FINDINGS[each]) for each in step.findings) or _gap(step),
    )


def _gap(step: ChainStep) -> tuple[str, ...]:
    return (_("Gap in the record"),) if step.answer_kind in SILENT else ()


def _left(step: ChainStep) -> str:
    if step.left_on is None:
        return _("no date") if step.answer_kind in FROM_AN_ENTRY else ""
    return formats.day(step.left_on)


def _next(result: TraceResult, copy: ReaderCopy) -> NextSteps:
    further = [result.outcome.unblock(copy.language)]
    if result.purchaser is not None:
        further.append(_("Compare the purchaser with the person the gun was taken from and those around them."))
    return NextSteps(
        heading=_("Next steps"),
        parts=(
            Part(label=_("What would bring it further"), paragraphs=tuple(further)),
            Part(label=_("For a court"), paragraphs=tuple(map(printable, _formal(result, copy)))),
        ),
    )


def _formal(result: TraceResult, copy: ReaderCopy) -> list[str]:
    """Return what to have certified, and by which way one asks for it, as far as that is known."""
    step = formal_step(result.chain, asking_country=copy.country)
    if step.certifiable is Certifiable.NOTHING:
        return [_("No licensee's entry stands behind this result, so there is none to have certified.")]
    words = FORMAL_STEPS[step.certifiable] % {"dealer": _dealer_words(result.dealer)}
    return [words, *([str(WAYS[step.way])] if step.way else [])]


def _dealer_words(dealer: LicenseeRef | None) -> str:
    if dealer is None:
        return _("the dealer")
    return f"{dealer.name} ({dealer.number})" if dealer.name else dealer.number
