"""Workbooks and text files made for tests: ordinary ones, and ones nobody should open unguarded."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl

_CIDE_COLUMNS = (
    "ID TIMESTAMP DIA MES AÑO ESTADO Municipio DE PF MIF MAF PFF AFIF PEF PMF PMUF AMPF DOF CIF PL MIL MAL PFL AFIFL "
    "PEL PML PMUL AMPL DOL CIL ARL ARC CARG CART VE AC AP DEL TOR DTRA PRE FCRU ELE TAX DRO VEH VAL"
)
CIDE_HEADER = _CIDE_COLUMNS.split(" ")

STATES = frozenset({"07", "08", "16"})
MUNICIPIOS = frozenset({"07065", "08037", "16015"})
PARTICIPANTS = frozenset({"MX-SEDENA", "MX-SEMAR", "MX-PF", "MX-PMUN"})
CODE_LISTS = {"inegi_states": STATES, "inegi_municipios": MUNICIPIOS, "participants": PARTICIPANTS}

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

PARTS: Mapping[str, str] = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": _RELS
    % f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>',
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
        '<sheets><sheet name="Hoja1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": _RELS
    % (
        f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>ID</t></si></sst>',
}


def sheet_xml(rows: str, *, dimension: str = "A1:B2") -> str:
    """The XML of a sheet around the XML of its rows."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


ORDINARY_ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>7</v></c></row>'


def write_parts(
    path: Path, *, rows: str = ORDINARY_ROWS, parts: Mapping[str, str | bytes] | None = None
) -> Path:
    """Write an XLSX part by part; `parts` replace or add to the ordinary ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet_xml(rows), **(parts or {})}.items():
            archive.writestr(name, content)
    return path


def write_workbook(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = "A-E") -> Path:
    """Write an ordinary workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def cide_row(source_ref: int, **known: int) -> list[int]:
    """One event of the seizure log, 9999 where `known` says nothing (columns in capitals)."""
    day = date(2007, 1, 16)
    told = {
        "ID": source_ref,
        "TIMESTAMP": 1168927210,
        "DIA": day.day,
        "MES": day.month,
        "AÑO": day.year,
        "ESTADO": 16,
        "Municipio": 15,
        **known,
    }
    return [told.get(column, 9999) for column in CIDE_HEADER]


def write_cide(
    path: Path, rows: Sequence[Sequence[object]], *, without: frozenset[str] = frozenset()
) -> Path:
    """Write a seizure log as published, or a sister workbook `without` some columns."""
    kept = [index for index, column in enumerate(CIDE_HEADER) if column not in without]
    return write_workbook(path, [[row[index] for index in kept] for row in [CIDE_HEADER, *rows]])


def write_companion(path: Path, pairs: Sequence[tuple[object, object]]) -> Path:
    """Write a sister table: a key and a code a row."""
    return write_workbook(path, [("ID", "KEY"), *pairs])
