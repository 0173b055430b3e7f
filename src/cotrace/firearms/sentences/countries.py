"""The names of countries that stand on guns: those of CLDR, which Babel carries, and ours for three that are no more."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GUN_MAKING = ("US", "AR", "AT", "BE", "BR", "CN", "CZ", "DE", "ES", "IL", "IT", "MX", "PH", "RO", "RS", "RU", "TR")
"""Countries that stand on most of the guns that are traced; the form names them first."""

FORMER_NAMES = {
    "DD": gettext_lazy("East Germany (until 1990)"),
    "SU": gettext_lazy("Soviet Union (until 1991)"),
    "YU": gettext_lazy("Yugoslavia (until 2003)"),
}


@lru_cache(maxsize=4)
def _names(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)


def country_name(code: str, *, language: str) -> str:
    """Return the name of a country in a language; the bare code where it is unknown."""
    if code in FORMER_NAMES:
        return str(FORMER_NAMES[code])
    if code == "CZ":
        # the code of Czechoslovakia meant another country later, so its guns are put under the land of their makers
        return _("Czechia, Czechoslovakia")
    return _names("es_MX" if language.startswith("es") else "en_US").get(code, code)
