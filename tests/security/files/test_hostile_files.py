"""Files that are not what they say, and text that breaks readers."""

import codecs
import os
from pathlib import Path

import pytest

from cotrace.files.imports.limits import AS_FOUND, Limits, TableOptions
from cotrace.files.imports.tables import read_table
from cotrace.files.rules.cells import Formula, RawRow, TableInfo
from cotrace.foundation.errors import Invalid
from tests.support.workbooks import write_parts

LIMITS = Limits(cpu_s=20, wait_s=40)
ROW = "ID;Descripción\r\n1;AÑO Ñandú, pingüino\r\n"
WANTED = (("ID", "Descripción"), ("1", "AÑO Ñandú, pingüino"))


def read(
    path: Path, options: TableOptions = AS_FOUND, limits: Limits = LIMITS
) -> tuple[TableInfo, list[RawRow]]:
    """Read a file to its end."""
    with read_table(path, limits=limits, options=options) as table:
        return table.info, list(table.rows)


def refusal(path: Path, options: TableOptions = AS_FOUND, limits: Limits = LIMITS) -> Invalid:
    """Read a file to its end and return how it was refused."""
    with pytest.raises(Invalid) as caught:
        read(path, options, limits)
    return caught.value


def saved(tmp_path: Path, content: bytes, name: str = "a.csv") -> Path:
    """Save bytes under a name."""
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ROW.encode("utf-8"), "utf-8"),
        (ROW.encode("utf-8-sig"), "utf-8-sig"),
        (ROW.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ROW.encode("utf-16-be"), "utf-16"),
        (ROW.encode("utf-16-le"), "utf-16-le"),
        (ROW.encode("utf-16-be"), "utf-16-be"),
        (ROW.encode("latin-1"), "cp1252"),
        (ROW.upper().replace("DESCRIPCIÓN", "Descripción").encode("latin-1"), "cp1252"),
    ],
)
def test_the_encoding_is_found_and_told(tmp_path: Path, content: bytes, encoding: str) -> None:
    info, rows = read(saved(tmp_path, content))
    assert (info.encoding, info.delimiter) == (encoding, ";")
    assert [tuple(str(cell).casefold() for cell in row.cells) for row in rows] == [
        tuple(cell.casefold() for cell in row) for row in WANTED
    ]


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_another_code_page_is_asked_for_and_then_read(tmp_path: Path, encoding: str) -> None:
    path = saved(tmp_path, ("ID;Descripción\r\n" + "1;año, Ñandú, México, él está aquí\r\n").encode(encoding))
    assert refusal(path).code == "encoding_unknown"
    _, rows = read(path, TableOptions(encoding=encoding))
    assert rows[1].cells == ("1", "año, Ñandú, México, él está aquí")


def test_a_letter_far_behind_the_first_pages_decides_the_encoding(tmp_path: Path) -> None:
    path = saved(tmp_path, b"ID;N\r\n" + b"1;x\r\n" * 500_000 + "2;ñ\r\n".encode("latin-1"))
    info, rows = read(path)
    assert (info.encoding, rows[-1].cells) == ("cp1252", ("2", "ñ"))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (TableOptions(encoding="utf-8"), "encoding_wrong"),
        (TableOptions(encoding="rot13"), "encoding_unsupported"),
        (TableOptions(delimiter="x"), "delimiter_unsupported"),
    ],
)
def test_a_wrong_instruction_is_refused(tmp_path: Path, options: TableOptions, code: str) -> None:
    assert refusal(saved(tmp_path, ROW.encode("latin-1")), options).code == code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [["ID", "Nota", "N"], ["1", "a, b; c", "2"], ["2", "x | y", "3,5"]]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    info, rows = read(saved(tmp_path, content.encode()))
    assert info.delimiter == delimiter
    assert [list(row.cells) for row in rows] == lines


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    _, rows = read(saved(tmp_path, b"ID\n1\n2\n"))
    assert [row.cells for row in rows] == [("ID",), ("1",), ("2",)]


def test_row_numbers_count_blank_rows_and_rows_of_several_lines(tmp_path: Path) -> None:
    _, rows = read(saved(tmp_path, b'ID,N\n\n1,"a\nb"\n,\n2,c\n'))
    assert [row.number for row in rows] == [1, 3, 5]


def test_a_line_of_dashes_below_the_header_is_no_row_and_counts_in_row_numbers(tmp_path: Path) -> None:
    _, rows = read(saved(tmp_path, b"ID\tName\n--\t----------\n1\ta\n----\t----\n"))
    assert [(row.number, row.cells) for row in rows[1:]] == [(3, ("1", "a")), (4, ("----", "----"))]


@pytest.mark.parametrize("second", [b"-,-", b"---,---", b"----,", b"----,x", b"-- --,----"])
def test_what_only_looks_like_a_line_below_the_header_is_a_row(tmp_path: Path, second: bytes) -> None:
    _, rows = read(saved(tmp_path, b"ID,N\n" + second + b"\n"))
    assert len(rows) == 2


CUT = TableOptions(may_be_cut=True)


def test_a_text_that_ends_inside_a_quoted_cell_is_a_row_without_cells_where_the_sender_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path, b'ID,N\n1,a\n2,"never clos')
    assert refusal(path).code == "text_malformed"
    assert read(path, CUT)[1][-1] == RawRow(3, ())


def test_an_open_quote_that_swallows_further_lines_is_refused_even_so(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, b'ID,N\n1,"never closed\n2,x\n'), CUT).code == "text_malformed"
    assert refusal(saved(tmp_path, b'ID,N\n1,"a"b\n2,x\n'), CUT).code == "text_malformed"


def test_a_formula_in_text_is_seen(tmp_path: Path) -> None:
    _, rows = read(saved(tmp_path, b"ID,N\n1,\"=cmd|' /C calc'!A0\"\n"))
    assert rows[1].cells[1] == Formula("=cmd|' /C calc'!A0")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"ID,N\n1,a\0b\n", "nul_bytes"),
        (b"ID,N\n" + b"1,x\n" * 20_000 + b"1,\0\n", "nul_bytes"),
        (b'ID,N\n1,"never closed\n2,x\n', "text_malformed"),
        (b"ID,N\n1," + b"x" * 40_000 + b"\n", "cell_too_large"),
        (b"ID,N\n1," + b'"' + b"x\n" * 40_000, "cell_too_large"),
        (b",".join([b"x"] * 600) + b"\n", "too_many_columns"),
        (b"\n \n\n", "file_without_rows"),
        (b",,,\n,,\n", "file_without_rows"),
        (b"\xef\xbb\xbf", "file_without_rows"),
        (b"<html><table><tr><td>ID</td></tr></table></html>", "not_a_table"),
    ],
)
def test_text_that_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    from cotrace.files.imports.runs import dry_run
    from cotrace.files.rules.mapping import parse_mapping

    mapping = parse_mapping(
        "{name: a, title_en: a, title_es: a, source: a, fields: [{name: n, kind: text, columns: [N]}]}"
    )
    with pytest.raises(Invalid) as caught:
        dry_run(saved(tmp_path, content), mapping=mapping, limits=LIMITS)
    assert caught.value.code == code


def test_rows_beyond_the_limit_are_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, b"ID\n" + b"1\n" * 20), limits=Limits(rows=20)).code == "too_many_rows"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "not_a_table"),
        (b"\x7fELF\x02\x01" + b"\0" * 200, "not_a_table"),
        (b"%PDF-1.7\n1 0 obj", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not_a_table"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 50, "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format_unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"PK\x05\x06" + b"\0" * 18, "not_a_table"),
        (b"PK\x03\x04 and nothing else", "file_damaged"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_the_content_decides_not_the_name(tmp_path: Path, content: bytes, code: str, name: str) -> None:
    assert refusal(saved(tmp_path, content, name)).code == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            "format_unsupported",
        ),
        ({"xl/workbook.bin": "x"}, "format_unsupported"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, parts: dict[str, str], code: str) -> None:
    assert refusal(write_parts(tmp_path / "a.xlsx", parts=parts)).code == code


def test_a_text_document_named_xlsx_is_no_table(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(path).code == "not_a_table"


def test_a_workbook_named_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    info, _ = read(write_parts(tmp_path / "a.csv"))
    assert info.format == "xlsx"


def test_paths_that_are_no_plain_file_are_refused(tmp_path: Path) -> None:
    target = saved(tmp_path, b"ID\n1\n", "real.csv")
    (tmp_path / "link.csv").symlink_to(target)
    os.mkfifo(tmp_path / "pipe.csv")
    found = {
        name: refusal(tmp_path / name).code
        for name in ("link.csv", "pipe.csv", ".", "missing.csv", "x" * 300, "nul\0.csv")
    }
    assert found == {
        "link.csv": "file_is_link",
        "pipe.csv": "file_not_regular",
        ".": "file_not_regular",
        "missing.csv": "file_not_found",
        "x" * 300: "file_not_found",
        "nul\0.csv": "file_not_found",
    }


def test_empty_and_too_large_files_are_refused_unread(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, b"")).code == "file_empty"
    assert refusal(saved(tmp_path, b"x" * 101), limits=Limits(file_bytes=100)).code == "file_too_large"


@pytest.mark.parametrize(
    "name", ["a\nb.csv", "a\u202evsc.exe", "-rf.csv", "$(id).csv", "x" * 200 + ".csv", "ñ'\".csv"]
)
def test_no_name_reaches_the_reader(tmp_path: Path, name: str) -> None:
    _, rows = read(saved(tmp_path, b"ID\n1\n", name))
    assert len(rows) == 2
