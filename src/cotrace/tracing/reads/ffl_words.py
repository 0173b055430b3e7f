"""What the parts of a licence number mean, and what is doubtful about it, in the reader's language."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.doors.sentences import sentence_of
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.reads.tables import ffl_codes
from cotrace.tracing.rules.ffl_numbers import FflNumber, ShortFfl, number_questions, parse_ffl

Words = list[tuple[str, str]]


def type_words(code: str) -> str:
    """Return a type of licence with its code: "01: Dealer in firearms…"; the bare code where the table lacks it."""
    found = ffl_codes().types.get(code)
    if found is None:
        return code
    return f"{code}: {found.label_es if _is_spanish() else found.label_en}"


def month_words(month: str) -> str:
    """Return a month given as `2026-05` in words."""
    return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale="es_MX" if _is_spanish() else "en_US")


def expiry_words(number: FflNumber, *, seen_on: date) -> str:
    """Return the expiry of a number as it stands and as it is read on a day: "8E: May 2028"."""
    year, month = number.expires(seen_on=seen_on)
    return f"{number.expiry}: {month_words(f'{year}-{month:02}')}"


def district_words(number: FflNumber | ShortFfl) -> str:
    """Return region and district of a number with the states they belong to."""
    states = ffl_codes().states_of(number)
    code = f"{number.region}-{number.district}"
    return f"{code}: {'/'.join(states)}" if states else code


def number_words(number: FflNumber | ShortFfl, *, seen_on: date) -> Words:
    """Return what each part of a licence number means, label and words."""
    short = number if isinstance(number, ShortFfl) else number.short
    words: Words = [(_("Abbreviated number"), short.text), (_("Region and district"), district_words(short))]
    if isinstance(number, FflNumber):
        words += [
            (_("County (FIPS)"), number.county),
            (_("Type of licence"), type_words(number.type_code)),
            (_("Licence expires"), expiry_words(number, seen_on=seen_on)),
        ]
    return [*words, (_("Sequence"), short.sequence)]


def licence_words(text: str) -> Words:
    """Return what the parts of a licence number mean today; nothing for a number of another form."""
    number = parse_ffl(text)
    return number_words(number, seen_on=clock.today()) if isinstance(number, FflNumber) else []


def licence_questions(text: str, *, address: str = "") -> tuple[FieldProblem, ...]:
    """Return what is doubtful about a licence number today, its licensee's address beside it."""
    return number_questions(text, codes=ffl_codes(), today=clock.today(), address=address)


def question_words(questions: Sequence[FieldProblem]) -> list[str]:
    """Return questions as sentences."""
    return [sentence_of(each) for each in questions]


def _is_spanish() -> bool:
    return (get_language() or "").startswith("es")
