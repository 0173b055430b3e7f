"""Reading code tables. They are public: every principal reads them, none is asked."""

from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from cotrace.foundation.errors import NotFound
from cotrace.reference.models import Code, CodeTable
from cotrace.reference.reads import CodePage, CodeRead, TableRead
from cotrace.reference.rules.spellings import calibre_spelling, has_words, make_spelling

PAGE_SIZE = 50
STATES = "inegi_state"
US_STATES = "us_state"
MUNICIPIOS = "inegi_municipio"
FORCES = "force"
MAKES, MAKE_SPELLINGS = "ncic_make", "make_alias"
FINE_CALIBRES, CALIBRE_SPELLINGS = "calibre", "calibre_alias"


def _edition(table: str) -> str:
    """Return what changes when a table is loaded, empty where it is not: cached tables are dropped by it."""
    row = CodeTable.objects.filter(pk=table).values_list("sha256", "version", "loaded_at").first()
    return f"{row[0]}:{row[1]}:{row[2].isoformat()}" if row else ""


@lru_cache(maxsize=64)
def _table(table: str, _edition: str) -> dict[str, CodeRead]:
    return {
        row.code: CodeRead(
            code=row.code,
            label_en=row.label_en,
            label_es=row.label_es,
            parent=row.parent,
            latitude=row.latitude,
            longitude=row.longitude,
            is_retired=row.is_retired,
        )
        for row in Code.objects.filter(table_id=table).order_by("code")
    }


def code_table(table: str) -> dict[str, CodeRead]:
    """Return a whole table by code, in the order of its codes; empty where it is not loaded."""
    edition = _edition(table)
    return _table(table, edition) if edition else {}


def codes_of(table: str) -> frozenset[str]:
    """Return the codes of a table."""
    return frozenset(code_table(table))


def code_label(table: str, *, code: str | None, language: str) -> str:
    """Return the label of a code in a language; the bare code where the table does not know it."""
    if not code:
        return ""
    found = code_table(table).get(code)
    return found.label(language) if found else code


def states() -> dict[str, CodeRead]:
    """Return the states of both countries by code: INEGI's two digits, and two letters in the United States."""
    return {**code_table(STATES), **code_table(US_STATES)}


def country_of_state(code: str) -> str:
    """Return the country of a state's code, ISO 3166-1; empty where there is no code."""
    if not code:
        return ""
    return "MX" if code.isdecimal() else "US"


def calibre_named(text: str) -> CodeRead | None:
    """Return the fine calibre that a spelling names, its parent being NCIC's code; None for one that is not known."""
    return _named(FINE_CALIBRES, CALIBRE_SPELLINGS, spelling=calibre_spelling(text))


def make_named(text: str) -> CodeRead | None:
    """Return the NCIC make that a name or a misspelling means; None where it is not known or means several."""
    return _named(MAKES, MAKE_SPELLINGS, spelling=make_spelling(text))


def _named(table: str, spellings: str, *, spelling: str) -> CodeRead | None:
    found = code_table(spellings).get(spelling)
    if found is None or found.is_retired:
        return None
    meant = code_table(table).get(found.parent)
    return None if meant is None or meant.is_retired else meant


def table_list() -> tuple[TableRead, ...]:
    """Return the code tables that are loaded, by code."""
    return tuple(_table_read(row) for row in _tables().order_by("code"))


def code_list(*, table: str, text: str = "", at: str = "") -> CodePage:
    """Return one page of a table's codes; each word of `text` is part of a code or of a label in any language.

    Raises NotFound for a table that is not loaded.
    """
    row = _tables().filter(pk=table).first()
    if row is None:
        raise NotFound
    known = code_table(table)
    fitting = [code for code in sorted(known) if has_words(_said(known[code]), text=text)]
    rest = [code for code in fitting if code > at]
    page = rest[:PAGE_SIZE]
    return CodePage(
        table=_table_read(row),
        rows=tuple(known[code] for code in page),
        found=len(fitting),
        later=page[-1] if len(rest) > PAGE_SIZE else "",
    )


def _tables() -> QuerySet[CodeTable]:
    return CodeTable.objects.annotate(entries=Count("codes", filter=Q(codes__is_retired=False)))


def _table_read(row: CodeTable) -> TableRead:
    return TableRead(
        code=row.code,
        title_en=row.title_en,
        title_es=row.title_es,
        source=row.source,
        version=row.version,
        entries=row.entries,  # type: ignore[attr-defined]
        loaded_at=row.loaded_at,
    )


def _said(read: CodeRead) -> str:
    return f"{read.code} {read.label_en} {read.label_es} {read.parent}"
