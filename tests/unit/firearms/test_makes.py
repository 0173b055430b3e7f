"""Which NCIC codes are offered for a make as it is read on a gun, and which name is kept."""

import pytest

from cotrace.firearms.rules.makes import OFFERED_AT_MOST, is_same_text, make_kept, offer_of

MAKES = {
    "CEZ": "Česká Zbrojovka",
    "CLT": "Colt",
    "COF": "Colton Firearms Co.; Mfr. of shotguns for Sears",
    "CZ": "Carl Zeiss",
    "GLC": "Glock",
    "GLD": "Glock (Smyrna, GA)",
    "MPC": "Commander; Mfd. by Meiska Products Co., Not associated with Colt",
    "RMC": "Romarm / Cugir",
    "SMI": "Smith (not Smith & Wesson)",
    "SW": "Smith & Wesson",
}


def offered(text: str, chosen: str = "") -> tuple[list[str], str]:
    found = offer_of(text, makes=MAKES, chosen=chosen)
    return [code for code, _label in found.options], found.chosen


@pytest.mark.parametrize(
    ("text", "codes", "chosen"),
    [
        ("", [], ""),
        ("  ", [], ""),
        ("Sierra", [], ""),
        ("glock", ["GLC", "GLD"], "GLC"),
        ("GLOCK Smyrna", ["GLD"], ""),
        ("smith wes", ["SW", "SMI"], ""),
        ("Smith & Wesson", ["SW", "SMI"], "SW"),
        ("smith-wesson", ["SW", "SMI"], "SW"),
        ("col", ["CLT", "COF", "MPC"], ""),
        ("ceska", ["CEZ"], ""),
        ("cugir", ["RMC"], ""),
        ("S&W", ["SW", "SMI"], ""),
    ],
)
def test_the_closest_codes_are_offered_and_only_the_very_name_is_chosen(text, codes, chosen) -> None:
    assert offered(text) == (codes, chosen)


def test_a_code_written_as_a_name_is_offered_first_and_left_to_the_expert() -> None:
    assert offered("CZ") == (["CZ"], "")


def test_what_a_misspelling_means_is_offered_first_and_left_to_the_expert() -> None:
    found = offer_of("GLOK", makes=MAKES, meant="GLC")
    assert ([code for code, _label in found.options], found.chosen) == (["GLC"], "")
    among = offer_of("col", makes=MAKES, meant="MPC")
    assert [code for code, _label in among.options] == ["MPC", "CLT", "COF"]
    assert offer_of("Colt", makes=MAKES, meant="CLT").chosen == "CLT"
    assert offer_of("x", makes=MAKES, meant="gone").options == ()


def test_a_choice_stays_while_it_fits_and_goes_when_it_does_not() -> None:
    assert offered("glock", chosen="GLD") == (["GLC", "GLD"], "GLD")
    assert offered("glock", chosen="SW") == (["GLC", "GLD"], "GLC")
    assert offered("glock", chosen="no code") == (["GLC", "GLD"], "GLC")


def test_the_answer_that_none_fits_stays() -> None:
    assert offer_of("glock", makes=MAKES, is_answered=True).chosen == ""
    assert offer_of("glock", makes=MAKES, chosen="GLD", is_answered=True).chosen == "GLD"


def test_a_long_list_is_cut_and_says_so_and_keeps_the_choice() -> None:
    many = {f"A{place:02}": f"Arms number {place:02}" for place in range(20)}
    found = offer_of("arms", makes=many, chosen="A19")
    assert found.is_cut
    assert [code for code, _label in found.options] == [f"A{place:02}" for place in range(OFFERED_AT_MOST)] + ["A19"]
    assert found.chosen == "A19"


@pytest.mark.parametrize(
    ("text", "label", "kept"),
    [
        ("smi", "Smith & Wesson", "Smith & Wesson"),
        ("S&W", "Smith & Wesson", "Smith & Wesson"),
        ("Romarm", "Romarm / Cugir", "Romarm"),
        ("glo", "Glock (Smyrna, GA)", "Glock"),
        ("col", "Colton Firearms Co.; Mfr. of shotguns for Sears", "Colton Firearms Co."),
        ("Fabrique Nationale", "FN Herstal (Browning pistols)", "Fabrique Nationale"),
        ("GLOCK GES.M.B.H.", "Glock", "GLOCK GES.M.B.H."),
        ("colt", "Colt", "Colt"),
        ("glock", "Glock (Smyrna, GA)", "Glock"),
        ("COLT", "Colt", "COLT"),
        ("romarm", "Romarm / Cugir", "romarm"),
    ],
)
def test_a_beginning_becomes_the_name_and_a_marking_stays_as_it_is(text, label, kept) -> None:
    assert make_kept(text, label=label) == kept


def test_texts_that_are_offered_the_same_codes_are_the_same_text() -> None:
    assert is_same_text("Česká zbrojovka", " CESKA  Zbrojovka ")
    assert not is_same_text("Colt", "Colts")
