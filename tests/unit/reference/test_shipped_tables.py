"""The shipped code tables hold together: parents exist, spellings are keyed by their normal form, calibres agree."""

import pytest
from django.utils import translation

from cotrace.firearms.rules.bores import are_bores_apart
from cotrace.firearms.rules.countries import MARKED
from cotrace.firearms.sentences.countries import country_name
from cotrace.reference.imports import shipped_tables, table_codes
from cotrace.reference.reads import CodeRead
from cotrace.reference.rules.spellings import calibre_spelling, make_spelling

TABLES = {each.code: each for each in shipped_tables()}
PARENTS = {
    "calibre": "ncic_calibre", "calibre_alias": "calibre", "make_alias": "ncic_make", "model": "ncic_make",
    "us_county": "us_state", "port": "us_state", "crossing": "port", "ffl_district": "us_state",
}  # fmt: skip
"""Table -> the table that its parents are codes of."""

WITHOUT_PARENT = {"calibre"}
"""Tables some of whose codes belong to none."""

TWO_BORES = {"380-ACP", "32-ACP"}
"""Calibres that are called by two bores: .380 is 9 mm corto, .32 is 7.65 Browning."""

RUN_TOGETHER = {
    "22250", "3006", "3030", "3220", "4570", "556", "556 NATO", "762", "762 NATO", "762 X 39", "762 X 51", "5 56 MM", "6.8 X 51",
    "9 X 23 SR", "M 43", "30 M 1", "M 1 CARBINE", "36 GA",
}  # fmt: skip
"""Spellings whose first number is not the bore."""


def codes_of(table: str) -> dict[str, CodeRead]:
    return {each.code: each for each in table_codes(TABLES[table])}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_code_stands_once_with_both_labels_and_every_table_says_its_source(table: str) -> None:
    listed = list(table_codes(TABLES[table]))
    assert listed and len({each.code for each in listed}) == len(listed)
    assert all(each.label_en and each.label_es and each.code.strip() == each.code for each in listed)
    assert max(len(each.code) for each in listed) <= 40
    assert max(len(label) for each in listed for label in (each.label_en, each.label_es)) <= 200
    read = TABLES[table]
    assert read.title_en and read.title_es and read.source and read.version
    assert len(read.source) <= 300 and len(read.version) <= 40


@pytest.mark.parametrize(("table", "above"), PARENTS.items())
def test_every_parent_exists(table: str, above: str) -> None:
    known = set(codes_of(above)) | ({""} if table in WITHOUT_PARENT else set())
    assert {each.code: each.parent for each in codes_of(table).values() if each.parent not in known} == {}


@pytest.mark.parametrize(("table", "normal"), [("calibre_alias", calibre_spelling), ("make_alias", make_spelling)])
def test_a_spelling_is_keyed_by_its_normal_form(table: str, normal) -> None:
    wrong = {each.code: normal(each.label_en) for each in codes_of(table).values() if normal(each.label_en) != each.code}
    assert wrong == {}, "put these normal forms into the column `code`"


def test_every_calibre_is_found_by_its_own_names_and_by_its_code() -> None:
    spellings = codes_of("calibre_alias")
    lost = [
        (each.code, name)
        for each in codes_of("calibre").values()
        for name in (each.code, each.label_en, each.label_es)
        if calibre_spelling(name) not in spellings or spellings[calibre_spelling(name)].parent != each.code
    ]
    assert lost == []


def test_a_calibre_and_its_spellings_have_one_bore() -> None:
    calibres, spellings = codes_of("calibre"), codes_of("calibre_alias")
    assert set(spellings) >= RUN_TOGETHER
    apart = [
        (each.parent, each.label_en)
        for each in spellings.values()
        if are_bores_apart(calibres[each.parent].label_en, each.label_en)
        and each.parent not in TWO_BORES
        and each.code not in RUN_TOGETHER
        and not _is_gauge(each.parent)
        and not each.parent.startswith(("17-", "21-"))
    ]
    assert apart == []


def _is_gauge(code: str) -> bool:
    """Tell whether a calibre is a gauge: a count, which a bare number or `12/70` does not show to be one."""
    return code.endswith("-GA")


@pytest.mark.parametrize(
    ("fine", "code"),
    [
        ("9X19", "9"), ("9X18", "9"), ("9X21", "9"), ("380-ACP", "380"), ("38-SUPER", "38"), ("7.62X39", "762"), ("7.62X51", "762"),
        ("7.62X54R", "762"), ("308-WIN", "308"), ("5.56X45", "556"), ("223-REM", "223"), ("12-GA", "12"), ("12.7X99", "12"),
        ("50-BMG", "50"), ("10-AUTO", "10"), ("40-SW", "40"), ("7.62X25", "763"), ("30-06", "3006"), ("45-70", "4570"),
        ("22-LR", "22"), ("6.35", "635"), ("25-ACP", "25"), ("40X46", "9999"), ("5.7X28", ""), ("20-GA", ""),
    ],
)  # fmt: skip
def test_a_fine_calibre_maps_down_to_the_code_of_ncic(fine: str, code: str) -> None:
    assert codes_of("calibre")[fine].parent == code


@pytest.mark.parametrize("language", ["en", "es"])
def test_countries_are_those_that_stand_on_guns_by_the_names_that_pages_show(language: str) -> None:
    listed = codes_of("country")
    assert set(listed) == MARKED
    with translation.override(language):
        differing = {code for code in MARKED if country_name(code, language=language) != listed[code].label(language)}
    assert differing == set(), "run scripts/reference_tables.py"


@pytest.mark.parametrize("table", ["port", "crossing", "inegi_municipio"])
def test_places_lie_in_north_america(table: str) -> None:
    for each in codes_of(table).values():
        assert each.latitude is not None and 14 <= each.latitude <= 72, each.code
        assert each.longitude is not None and -170 <= each.longitude <= -66, each.code


def test_a_crossing_lies_near_its_port() -> None:
    ports = codes_of("port")
    for each in codes_of("crossing").values():
        port = ports[each.parent]
        assert abs(each.latitude - port.latitude) + abs(each.longitude - port.longitude) < 1.5, each.code


def test_each_land_port_to_mexico_has_a_crossing() -> None:
    to_mexico = {each.code for each in codes_of("port").values() if each.latitude is not None and each.latitude < 33}
    assert to_mexico == {each.parent for each in codes_of("crossing").values()}


def test_a_make_is_a_maker_an_importer_or_both() -> None:
    roles = codes_of("make_role")
    assert set(roles) <= set(codes_of("ncic_make"))
    assert {each.parent for each in roles.values()} == {"maker", "importer", "both"}
    assert (roles["GLC"].parent, roles["CIA"].parent, roles["CAI"].parent) == ("maker", "importer", "both")


def test_a_county_begins_with_the_number_of_its_state() -> None:
    states: dict[str, set[str]] = {}
    for each in codes_of("us_county").values():
        assert len(each.code) == 5
        states.setdefault(each.code[:2], set()).add(each.parent)
    assert all(len(each) == 1 for each in states.values())
