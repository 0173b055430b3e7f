"""What ATF's published list says of a licensee, on pages: as facts, as the standing of its edition, as what it fills in."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Absent, Shown
from cotrace.doors.sentences import sentence
from cotrace.doors.templatetags.telephone import telephone
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre import LicenseeForm
from cotrace.tracing.reads.ffl_words import licence_questions, month_words, question_words, type_words
from cotrace.tracing.reads.published import PublishedRead
from cotrace.tracing.rules.ffl_numbers import ffl_problem, short_of
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.selectors.published import published_or_none

Fact = tuple[str, Shown]
FILLED = ("name", "address", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is told of a licence number beside its form: what is doubtful, and what the list says."""

    questions: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    standing: str = ""
    published: PublishedRead | None = None


def looked_up(principal: Principal, *, number: str, address: str = "") -> Lookup:
    """Look a licence number up; nothing is told of an empty one."""
    if not licence_key(number):
        return Lookup()
    problem = ffl_problem(number)
    if problem:
        return Lookup(questions=[sentence(problem)])
    told = question_words(licence_questions(number, address=address))
    published = published_or_none(principal, number=number)
    if published is None and short_of(number) is None:
        return Lookup(questions=told)
    if published is None:
        return Lookup(questions=told, standing=_("ATF's published list, as far as it was loaded here, does not have it."))
    return Lookup(
        questions=told,
        facts=published_facts(published),
        standing=standing_words(published),
        published=published,
    )


def filled(typed: dict[str, object], published: PublishedRead | None) -> dict[str, object]:
    """Return what a form shows: what was typed, and where nothing was, what the list says."""
    if published is None:
        return typed
    listed = {name: getattr(published, name) for name in FILLED}
    role = {} if typed.get("role") else {"role": published.role}
    return {**typed, **role, **{name: value for name, value in listed.items() if not typed.get(name)}}


def published_facts(read: PublishedRead) -> list[Fact]:
    """Return a licensee as the list has it."""
    facts: list[Fact] = [
        (_("Licence number"), read.number),
        (pgettext("of a licensee", "Name"), read.name),
        (_("Name on the licence"), read.licence_name),
        (_("Address"), read.address),
        (_("Telephone"), telephone(read.phone) or Absent()),
        (_("Type of licence"), type_words(read.licence_type)),
        (_("Licence expires"), month_words(read.expires)),
        (_("Edition of the list"), read.edition),
    ]
    return facts


def standing_words(read: PublishedRead) -> str:
    """Say whether the newest edition that covers a licensee's state lists it."""
    if not read.is_listed:
        said = _("Not in the newest edition: %(newest)s covers %(state)s and does not list it any more. It may have closed.")
        return said % {"newest": read.newest_edition, "state": read.state}
    return _("Listed in the edition %(edition)s.") % {"edition": read.edition}


def offered_form(read: PublishedRead, *, number: str) -> LicenseeForm:
    """Return the entry that the list makes of a licensee, under the number by which a trace misses it."""
    entry = {"number": number, "name": read.name, "role": read.role, "address": read.address, "phone": read.phone}
    return LicenseeForm(initial=entry, auto_id=False)
