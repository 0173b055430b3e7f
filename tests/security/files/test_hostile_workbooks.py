"""Workbooks built to harm: each is refused with its code, quickly, and the parent lives."""

import struct
import zipfile
from pathlib import Path

import pytest

from cotrace.files.imports.limits import MIB, Limits
from cotrace.files.imports.tables import read_table
from cotrace.foundation.errors import Invalid
from tests.support.workbooks import ORDINARY_ROWS, PARTS, sheet_xml, write_parts

SMALL = Limits(cpu_s=20, wait_s=40, memory_bytes=512 * MIB)
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def refusal(path: Path, limits: Limits = SMALL) -> Invalid:
    """Read a file to its end and return how it was refused."""
    with pytest.raises(Invalid) as caught, read_table(path, limits=limits) as table:
        list(table.rows)
    return caught.value


def patched(path: Path, *, name: str, offset: int, form: str, value: int) -> Path:
    """Change one field of an entry in the central directory of a zip."""
    content = bytearray(path.read_bytes())
    place = content.rindex(name.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    struct.pack_into(form, content, place + offset, value)
    path.write_bytes(content)
    return path


def test_the_ordinary_workbook_behind_these_tests_is_read(tmp_path: Path) -> None:
    with read_table(write_parts(tmp_path / "a.xlsx"), limits=SMALL) as table:
        assert [row.cells for row in table.rows] == [("ID",), (7,)]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = write_parts(tmp_path / "a.xlsx", parts={SHEET: sheet_xml(ORDINARY_ROWS + " " * 40 * MIB)})
    assert bomb.stat().st_size < MIB
    assert refusal(bomb).code == "archive_bomb"


def test_more_than_the_allowed_bytes_are_refused_at_any_ratio(tmp_path: Path) -> None:
    limits = Limits(archive_bytes=100)
    assert refusal(write_parts(tmp_path / "a.xlsx"), limits).code == "archive_bomb"


def test_entries_that_overlap_are_refused(tmp_path: Path) -> None:
    path = patched(write_parts(tmp_path / "a.xlsx"), name=SHEET, offset=42, form="<I", value=0)
    assert refusal(path).code == "archive_tricks"


def test_an_entry_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = patched(write_parts(tmp_path / "a.xlsx"), name=SHEET, offset=24, form="<I", value=50)
    assert refusal(path).code == "file_damaged"


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", parts={f"x/{number}": "" for number in range(30)})
    assert refusal(path, Limits(archive_entries=30)).code == "archive_too_many_entries"


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "xl\\..\\..\\x", "C:x", "XL/WORKBOOK.XML", "a\nb"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert refusal(write_parts(tmp_path / "a.xlsx", parts={name: "x"})).code == "archive_tricks"


def test_a_link_inside_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(path).code == "archive_tricks"


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/x", "x" * 1000, compress_type=zipfile.ZIP_LZMA)
    assert refusal(path).code == "archive_tricks"


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = patched(write_parts(tmp_path / "a.xlsx"), name=SHEET, offset=8, form="<H", value=1)
    assert refusal(path).code == "file_encrypted"


@pytest.mark.parametrize("part", [*sorted(PARTS.keys() - {"_rels/.rels"}), SHEET])
def test_entities_are_refused_in_every_part_that_is_read(tmp_path: Path, part: str) -> None:
    content = {**PARTS, SHEET: sheet_xml(ORDINARY_ROWS)}[part].removeprefix('<?xml version="1.0"?>')
    content = content.removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    path = write_parts(tmp_path / "a.xlsx", parts={part: LAUGHS + content})
    assert refusal(path).code == "xml_entities"


def test_an_outside_entity_is_refused(tmp_path: Path) -> None:
    outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    content = outside + sheet_xml(rows).removeprefix('<?xml version="1.0"?>')
    assert refusal(write_parts(tmp_path / "a.xlsx", parts={SHEET: content})).code == "xml_entities"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<row r="3"><c r="XFD3"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="3"><c r="ZZZ3"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>', "too_many_rows"),
    ],
)
def test_a_cell_far_away_is_refused(tmp_path: Path, cell: str, code: str) -> None:
    assert refusal(write_parts(tmp_path / "a.xlsx", rows=ORDINARY_ROWS + cell)).code == code


def test_a_row_far_away_is_read_under_its_own_number(tmp_path: Path) -> None:
    rows = ORDINARY_ROWS + '<row r="900000"><c r="B900000"><v>1</v></c></row>'
    with read_table(write_parts(tmp_path / "a.xlsx", rows=rows), limits=SMALL) as table:
        *_, last = table.rows
    assert (last.number, last.cells) == (900_000, (None, 1))


def test_declared_dimensions_are_not_believed(tmp_path: Path) -> None:
    for dimension in ("A1:XFD1048576", "A1:A1"):
        content = sheet_xml(ORDINARY_ROWS + '<row r="3"><c r="B3"><v>8</v></c></row>', dimension=dimension)
        path = write_parts(tmp_path / "a.xlsx", parts={SHEET: content})
        with read_table(path, limits=SMALL) as table:
            assert [row.cells for row in table.rows] == [("ID",), (7,), (None, 8)]


def test_an_enormous_cell_is_refused_with_its_row(tmp_path: Path) -> None:
    rows = ORDINARY_ROWS + f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'
    found = refusal(write_parts(tmp_path / "a.xlsx", rows=rows))
    assert (found.code, found.params["row"]) == ("cell_too_large", 3)


def test_a_workbook_that_needs_too_much_memory_ends_the_child_only(tmp_path: Path) -> None:
    strings = "".join(f"<si><t>{number:08d}{'x' * 90}</t></si>" for number in range(200_000))
    content = PARTS["xl/sharedStrings.xml"].replace("<si><t>ID</t></si>", strings)
    path = write_parts(tmp_path / "a.xlsx", parts={"xl/sharedStrings.xml": content})
    assert refusal(path, Limits(memory_bytes=64 * MIB)).code == "file_too_heavy"


def test_a_workbook_that_needs_too_much_time_is_given_up(tmp_path: Path) -> None:
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(200))
    rows = "".join(f'<row r="{row}">{cells}</row>' for row in range(1, 4_000))
    assert refusal(write_parts(tmp_path / "a.xlsx", rows=rows), Limits(cpu_s=1)).code == "file_too_slow"


def test_small_strings_used_many_times_cannot_flood_the_parent(tmp_path: Path) -> None:
    strings = PARTS["xl/sharedStrings.xml"].replace("ID", "x" * 30_000)
    rows = "".join(f'<row r="{row}"><c t="s"><v>0</v></c></row>' for row in range(1, 3_000))
    path = write_parts(tmp_path / "a.xlsx", rows=rows, parts={"xl/sharedStrings.xml": strings})
    assert path.stat().st_size < MIB
    assert refusal(path, Limits(output_bytes=8 * MIB)).code == "file_too_large_inside"


def test_a_row_too_large_for_the_parent_is_refused(tmp_path: Path) -> None:
    rows = '<row r="1">' + f'<c t="inlineStr"><is><t>{"x" * 30_000}</t></is></c>' * 30 + "</row>"
    path = write_parts(tmp_path / "a.xlsx", rows=rows)
    assert refusal(path, Limits(row_bytes=100_000)).code == "file_too_large_inside"


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, kept: float) -> None:
    content = write_parts(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path).code == "file_damaged"


@pytest.mark.parametrize(
    "part",
    [
        {SHEET: "<worksheet"},
        {SHEET: ""},
        {SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')},
        {SHEET: sheet_xml('<row r="1"><c r="??" ><v>1</v></c></row>')},
        {SHEET: sheet_xml('<row r="1"><c r="A1"><v>one</v></c></row>')},
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/_rels/workbook.xml.rels": "<a/>"},
        {"[Content_Types].xml": "<a/>"},
    ],
)
def test_a_workbook_that_contradicts_itself_is_damaged(tmp_path: Path, part: dict[str, str]) -> None:
    assert refusal(write_parts(tmp_path / "a.xlsx", parts=part)).code in ("file_damaged", "file_without_rows")
