"""The countries that a gun can be said to come from."""

from django.utils import translation

from cotrace.firearms.rules.countries import COUNTRIES, FORMER, MARKED
from cotrace.firearms.sentences.countries import GUN_MAKING, country_name


def test_every_code_has_a_name_in_both_languages() -> None:
    assert len(COUNTRIES) == 249 and all(len(code) == 2 and code.isupper() for code in MARKED)
    assert set(GUN_MAKING) < COUNTRIES and not COUNTRIES & FORMER
    for language in ("en", "es"):
        with translation.override(language):
            names = {country_name(code, language=language) for code in MARKED}
        assert len(names) == len(MARKED) and not names & MARKED


def test_names_are_those_of_the_reader() -> None:
    assert (country_name("RO", language="en"), country_name("RO", language="es")) == ("Romania", "Rumania")
    assert country_name("QQ", language="es") == "QQ"
