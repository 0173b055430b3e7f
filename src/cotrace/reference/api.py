"""The code tables through the JSON door."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from cotrace.reference.selectors import code_list, table_list

router = Router(tags=["reference"])

Text = Annotated[str, StringConstraints(max_length=100)]
Code = Annotated[str, StringConstraints(max_length=40)]


class TableOut(Schema):
    """A code table: its title in both languages, source, version, number of entries, when it was loaded."""

    code: str
    title_en: str
    title_es: str
    source: str
    version: str
    entries: int
    loaded_at: datetime


class CodeOut(Schema):
    """A code in both languages. `parent` is the code it belongs to in another list; coordinates in degrees (WGS 84)."""

    code: str
    label_en: str
    label_es: str
    parent: str
    latitude: float | None
    longitude: float | None
    is_retired: bool


class CodePageOut(Schema):
    """One page by code: how many fit in all; `later` is the cursor for `at`, empty at the end."""

    table: TableOut
    rows: list[CodeOut]
    found: int
    later: str


class CodeQuery(Schema):
    """Which codes: `text` are parts of a code or of a label in any language, `at` the cursor of a page."""

    text: Text = ""
    at: Code = ""


@router.get("/tables", response=list[TableOut], url_name="reference_tables", summary="Code tables")
def list_tables(request: HttpRequest) -> list[TableOut]:
    """Return the code tables that are loaded, with source and version."""
    del request
    return [TableOut.from_orm(each) for each in table_list()]


@router.get("/tables/{code}", response=CodePageOut, url_name="reference_table", summary="Codes of a table")
def list_codes(request: HttpRequest, code: str, query: Query[CodeQuery]) -> CodePageOut:
    """Return one page of a table's codes."""
    del request
    return CodePageOut.from_orm(code_list(table=code, text=query.text, at=query.at))
