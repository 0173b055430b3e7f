"""What a file from outside may be called."""

import pytest

from cotrace.files.rules.file_names import NAME_BYTES, safe_file_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("aseguramientos 2010.xlsx", "aseguramientos 2010.xlsx"),
        ("año.csv", "año.csv"),
        ("an\u0303o.csv", "año.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\temp\\a.csv", "a.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("a\u202evsc.exe", "avsc.exe"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("-rf", "rf"),
        ("$(id);`x`.csv", "_(id)_x_.csv"),
        ('<script>"x".csv', "_script_x_.csv"),
        ("a.csv. ", "a.csv"),
    ],
)
def test_a_name_keeps_what_is_harmless(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_a_long_name_is_cut_and_keeps_its_suffix() -> None:
    name = safe_file_name("ñ" * 300 + ".xlsx")
    assert name.endswith("ñ.xlsx")
    assert len(name.encode()) <= NAME_BYTES
    assert len(safe_file_name("x" * 300).encode()) == NAME_BYTES
