"""Reading code tables. They are public: every principal reads them, none is asked."""

from functools import lru_cache

from cotrace.reference.models import Code, CodeTable
from cotrace.reference.reads import CodeRead

STATES = "inegi_state"
US_STATES = "us_state"
MUNICIPIOS = "inegi_municipio"
FORCES = "force"


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
