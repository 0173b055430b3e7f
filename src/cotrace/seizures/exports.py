"""Seizures out: a table of comma-separated values whose every row says whose it is and how to handle it.

The headings are those of our own template (`data/mappings/cotrace-seizures.yaml`), in the reader's language, so the
table can be read in again: of places and forces both the code and the name. What the reader's level does not disclose
says so; a number nobody recorded is a word, never a zero. No cell can be taken for a formula. Every door hands out the
same file.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cotrace.doors.atoms import LEVELS
from cotrace.files.rules.words import Reason
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.reference.reads import CodeRead
from cotrace.reference.selectors import FORCES, MUNICIPIOS, code_table
from cotrace.reference.selectors import states as all_states
from cotrace.seizures.reads import ProblemRead, SeizureRead
from cotrace.seizures.rules.completeness import ITEMS, Amount
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import seizure_export

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet calculate a cell. Source: OWASP, CSV Injection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Who took a table out, when, for which agency, in which language it reads."""

    agency: str
    person: str
    at: datetime
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A table as a file: what to call it, and its bytes."""

    name: str
    content: bytes


def seizures_file(principal: Principal, *, where: SeizureFilter) -> ExportFile:
    """Return the seizures of a search as a marked file in the reader's language.

    Raises Denied; Refused where the search finds too many. Audit: seizure.exported, before any seizure is read.
    """
    rows = seizure_export(principal, where=where)
    moment = clock.now()
    mark = Mark(agency=principal.agency, person=principal.name, at=moment, language=get_language() or "en")
    name = f"seizures-{principal.agency}-{moment:%Y%m%d-%H%M}-LES.csv"
    return ExportFile(name=name, content=seizures_csv(rows, mark=mark))


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark that spreadsheet programs read the encoding from."""
    target = io.StringIO()
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def seizures_csv(seizures: Iterable[SeizureRead], *, mark: Mark) -> bytes:
    """Return seizures as a marked table, in the order given."""
    return csv_bytes(_seizure_rows(seizures, mark))


def _seizure_rows(seizures: Iterable[SeizureRead], mark: Mark) -> Iterator[list[str]]:
    yield _headings()
    words = _words_of(mark)
    states, municipios, forces = all_states(), code_table(MUNICIPIOS), code_table(FORCES)
    for each in seizures:
        amounts = each.amounts or {}
        yield [
            words,
            each.number,
            each.owner,
            each.level.name,
            str(LEVELS[each.level.name.lower()]),
            each.occurred_on.isoformat() if each.occurred_on else "",
            _told(each.state_code),
            _label(states, each.state_code, mark),
            _told(each.municipio_code),
            _label(municipios, each.municipio_code, mark),
            _told(each.place),
            *(_amount(amounts.get(item)) for item in ITEMS),
            _amount(each.detained),
            _told(None if each.participants is None else "; ".join(each.participants)),
            _told(None if each.participants is None else _names(forces, each.participants, mark)),
            _told(each.tear_line),
            _told(each.notes),
            _told(each.source_ref),
        ]


def _headings() -> list[str]:
    return [
        pgettext("column of a table", "Marking"),
        pgettext("column of a table", "Reference"),
        pgettext("column of a table", "Owner"),
        pgettext("column of a table", "Level code"),
        pgettext("column of a table", "Level"),
        pgettext("column of a table", "Date"),
        pgettext("column of a table", "State code"),
        pgettext("column of a table", "State"),
        pgettext("column of a table", "Municipality code"),
        pgettext("column of a table", "Municipality"),
        pgettext("column of a table", "Place"),
        pgettext("column of a table", "Long guns"),
        pgettext("column of a table", "Short guns"),
        pgettext("column of a table", "Magazines"),
        pgettext("column of a table", "Rounds"),
        pgettext("column of a table", "Vehicles"),
        pgettext("column of a table", "Persons detained"),
        pgettext("column of a table", "Participants"),
        pgettext("column of a table", "Forces that took part"),
        pgettext("column of a table", "Tear-line"),
        pgettext("column of a table", "Notes"),
        pgettext("column of a table", "Source reference"),
    ]


def _words_of(mark: Mark) -> str:
    return _("LAW ENFORCEMENT SENSITIVE. Taken out for %(agency)s by %(person)s on %(at)s.") % {
        "agency": mark.agency,
        "person": mark.person,
        "at": f"{mark.at:%Y-%m-%d %H:%M} UTC",
    }


def _told(text: str | None) -> str:
    """Return a text, or that it is not disclosed; an empty one stays empty."""
    return pgettext("cell of a table", "not disclosed") if text is None else text


def _label(table: dict[str, CodeRead], code: str | None, mark: Mark) -> str:
    found = table.get(code or "")
    return found.label(mark.language) if found else _told(code)


def _names(table: dict[str, CodeRead], codes: Iterable[str], mark: Mark) -> str:
    return "; ".join(_label(table, code, mark) for code in codes)


def _amount(amount: Amount | None) -> str:
    """Return a number, or the word that the mapping engine reads back as the same reason."""
    if amount is None:
        return _told(None)
    if amount.quantity is not None:
        return str(amount.quantity)
    words = {
        Reason.BLANK: "",
        Reason.NOT_APPLICABLE: pgettext("cell of a table", "not applicable"),
        Reason.UNDETERMINED: pgettext("cell of a table", "undetermined"),
    }
    return words.get(Reason(amount.reason), pgettext("cell of a table", "not recorded"))


def problems_csv(problems: Iterable[tuple[ProblemRead, str]]) -> bytes:
    """Return the problems of a log, each with its sentence."""
    headings = [
        pgettext("column of a table", "Row"),
        pgettext("column of a table", "Column"),
        pgettext("column of a table", "Code"),
        pgettext("column of a table", "What stands there"),
        pgettext("column of a table", "Effect"),
        pgettext("column of a table", "What to do"),
    ]
    effects = {
        "error": pgettext("effect of a problem", "row rejected"),
        "warning": pgettext("effect of a problem", "value not taken"),
    }
    rows = (
        [str(each.row), each.column, each.code, each.excerpt, effects.get(each.level, each.level), words]
        for each, words in problems
    )
    return csv_bytes([headings, *rows])

