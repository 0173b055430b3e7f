"""Countries that stand on guns: codes of ISO 3166-1, and three that are marked on guns and are no more (ISO 3166-3).

Names are those of CLDR, which Babel carries.
"""

from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ASSIGNED = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""

COUNTRIES = frozenset(_ASSIGNED.split())
"""The officially assigned codes of ISO 3166-1."""

GUN_MAKING = ("US", "AR", "AT", "BE", "BR", "CN", "CZ", "DE", "ES", "IL", "IT", "MX", "PH", "RO", "RS", "RU", "TR")
"""Countries that stand on most of the guns that are traced; the form names them first."""

FORMER = {
    "DD": gettext_lazy("East Germany (until 1990)"),
    "SU": gettext_lazy("Soviet Union (until 1991)"),
    "YU": gettext_lazy("Yugoslavia (until 2003)"),
}


@lru_cache(maxsize=4)
def _names(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)


def country_name(code: str, *, language: str) -> str:
    """Return the name of a country in a language; the bare code where it is unknown."""
    if code in FORMER:
        return str(FORMER[code])
    if code == "CZ":
        # the code of Czechoslovakia meant another country later, so its guns are put under the land of their makers
        return _("Czechia, Czechoslovakia")
    return _names("es_MX" if language.startswith("es") else "en_US").get(code, code)
