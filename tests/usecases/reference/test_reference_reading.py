"""Reading the code tables: what a spelling names, which tables there are, and the codes of one, page by page."""

import pytest

from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.reference.models import Code, CodeTable
from cotrace.reference.selectors import PAGE_SIZE, calibre_named, code_list, make_named, table_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tables(db) -> None:
    reference_load(installation_principal())


@pytest.mark.parametrize(
    ("text", "fine", "code"),
    [
        ("38 super", "38-SUPER", "38"), ("cal. .38 súper", "38-SUPER", "38"), ("SUPER 38", "38-SUPER", "38"),
        ("7.62 x 39 mm", "7.62X39", "762"), ("7.62 por 39", "7.62X39", "762"), ("5.56 OTAN", "5.56X45", "556"),
        ("5.56x45 mm", "5.56X45", "556"), ("9 milímetros", "9X19", "9"), ("9mm Luger", "9X19", "9"), ("calibre 12", "12-GA", "12"),
        ("Escopeta calibre 12", "12-GA", "12"), (".223", "223-REM", "223"), (".50 BMG", "50-BMG", "50"), ("12.7x99", "12.7X99", "12"),
        ("9 corto", "380-ACP", "380"), (".22 LR", "22-LR", "22"), ("7.62 mm", "7.62", "762"), (".38", "38", "38"),
        ("FN 5.7", "5.7X28", ""), ("granada 40 mm", "40X46", "9999"), (".40 Smith & Wesson", "40-SW", "40"),
    ],
)  # fmt: skip
def test_a_spelling_names_its_calibre(text: str, fine: str, code: str) -> None:
    found = calibre_named(text)
    assert found is not None and (found.code, found.parent) == (fine, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BARETTA", "BER"), ("Bereta", "BER"), ("Pietro Beretta", "BER"), ("SMITH Y WESSON", "SW"), ("S&W", "SW"), ("COLTS", "CLT"),
        ("H&K", "HEC"), ("NORINCO", "NON"), ("ROMARM", "RMC"), ("Cugir", "RMC"), ("ROMARM/CUGIR", "RMC"), ("PSA", "PAA"),
        ("Palmetto State Armory", "PAA"), ("ANDERSON", "ADM"), ("Polymer 80", "POR"), ("Glock Smyrna GA", "GLD"), ("Glock", "GLC"),
        ("FN Herstal", "FNB"), ("Barret", "BRT"), ("DPMS Panther Arms", "DPM"), ("Century Arms", "CAI"), ("InterArms", "INR"),
        ("Century International Arms", "CIA"), ("Izhmash", "IZH"), ("Vepr", "MLT"), ("Zastava", "ZAS"), ("Bushmaster", "BHT"),
        ("Sturm Ruger", "SR"), ("Mosberg", "MOS"), ("Productos Mendoza", "MDZ"),
    ],
)  # fmt: skip
def test_a_spelling_names_its_make(text: str, code: str) -> None:
    found = make_named(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize("text", ["", "9x23", "7.62x", "no calibre", "💥", "x" * 5000])
def test_what_is_unknown_or_names_several_calibres_names_none(text: str) -> None:
    assert calibre_named(text) is None


@pytest.mark.parametrize("text", ["", "CZ", "Springfield Armory", "Century", "Obregon", "nobody", "x" * 5000])
def test_what_is_unknown_or_names_several_makes_names_none(text: str) -> None:
    assert make_named(text) is None


def test_a_retired_spelling_or_make_names_nothing() -> None:
    CodeTable.objects.filter(pk="make_alias").update(version="2")
    Code.objects.filter(table="make_alias", code="BARETTA").update(is_retired=True)
    assert make_named("baretta") is None
    CodeTable.objects.filter(pk="ncic_make").update(version="2")
    Code.objects.filter(table="ncic_make", code="BER").update(is_retired=True)
    assert make_named("bereta") is None


def test_without_tables_nothing_is_named_and_nothing_is_listed() -> None:
    Code.objects.all().delete()
    CodeTable.objects.all().delete()
    assert (calibre_named("9 mm"), make_named("Colt"), table_list()) == (None, None, ())


def test_every_table_says_where_it_comes_from_and_how_many_codes_it_has_now() -> None:
    Code.objects.filter(table="ncic_sex", code="U").update(is_retired=True)
    found = {each.code: each for each in table_list()}
    assert list(found) == sorted(found) and len(found) == 22
    assert found["ncic_sex"].entries == 2 and found["inegi_municipio"].entries == 2469
    assert all(each.source and each.version and each.loaded_at and each.title("es") and each.title("en") for each in found.values())


def test_a_table_is_read_page_by_page_and_no_code_is_left_out() -> None:
    seen: list[str] = []
    at = ""
    while True:
        page = code_list(table="us_state", at=at)
        seen += [each.code for each in page.rows]
        if not page.later:
            break
        assert len(page.rows) == PAGE_SIZE and page.later == page.rows[-1].code
        at = page.later
    assert seen == sorted(seen) and len(seen) == page.found == page.table.entries == 56


@pytest.mark.parametrize("text", ["michoacan", "MICHOACÁN ocampo", "16"])
def test_codes_are_found_by_words_of_either_language_whatever_the_accents(text: str) -> None:
    assert "16" in [each.code for each in code_list(table="inegi_state", text=text).rows]
    assert [each.code for each in code_list(table="country", text="alemania").rows] == ["DD", "DE"]
    assert "DE" in [each.code for each in code_list(table="country", text="germany").rows]


def test_a_retired_code_stays_listed_and_says_so() -> None:
    Code.objects.filter(table="ncic_sex", code="U").update(is_retired=True)
    CodeTable.objects.filter(pk="ncic_sex").update(version="2")
    assert {each.code: each.is_retired for each in code_list(table="ncic_sex").rows} == {"F": False, "M": False, "U": True}


def test_a_table_that_is_not_loaded_is_not_found() -> None:
    with pytest.raises(NotFound):
        code_list(table="nowhere")
