"""The countries that a gun can be said to come from."""

from django.utils import translation

from cotrace.firearms.rules.description import COUNTRY
from cotrace.firearms.sentences.countries import COUNTRIES, FORMER, GUN_MAKING, country_name


def test_every_code_has_a_name_in_both_languages() -> None:
    every = COUNTRIES | set(FORMER)
    assert len(COUNTRIES) == 249 and all(COUNTRY.fullmatch(code) for code in every)
    assert set(GUN_MAKING) < COUNTRIES and not COUNTRIES & set(FORMER)
    for language in ("en", "es"):
        with translation.override(language):
            names = {country_name(code, language=language) for code in every}
        assert len(names) == len(every) and not names & every


def test_names_are_those_of_the_reader() -> None:
    assert (country_name("RO", language="en"), country_name("RO", language="es")) == ("Romania", "Rumania")
    assert country_name("QQ", language="es") == "QQ"
