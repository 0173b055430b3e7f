"""Decides which guns the synthetic world holds, and what a person could read on them.

Authority: shares of types, origins and times to crime follow the published ones for Mexico (domain/tracing 5.3:
50,409 guns of 2022-23 by type; 2018-23 by origin; 14 % sold within a year, 33 % within three, half within 5.6).
Makes and calibres are NCIC's, models exist, serials and importers are invented.
Tests: tests/unit/demo/test_guns.py.
"""

import random
from dataclasses import dataclass, replace

from cotrace.demo.rules.licensees import BY_KEY
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.rules.serials import UNKNOWN_CHARACTER, ImporterMark, SerialCondition

SERIAL_PREFIX = "SYN"
"""Starts every serial of the synthetic world, so that none can be taken for a gun that exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GunModel:
    """A model as its marks say. `weight`: its share among guns of the world."""

    key: str
    type_code: str
    make_code: str
    make: str
    model: str
    calibre_code: str
    calibre: str
    weight: int
    country: str = "US"

    @property
    def is_long(self) -> bool:
        """Whether a seizure log counts it among the long guns."""
        return self.type_code[0] in "RS"


GUN_MODELS = (
    GunModel(key="colt-38-super", type_code="PI", make_code="CLT", make="Colt", model="Government", calibre_code="38", calibre=".38 Super", weight=11),
    GunModel(key="sw-mp9", type_code="PI", make_code="SW", make="Smith & Wesson", model="M&P9", calibre_code="9", calibre="9x19 mm", weight=12),
    GunModel(key="ruger-p95", type_code="PI", make_code="SR", make="Sturm, Ruger & Co.", model="P95", calibre_code="9", calibre="9x19 mm", weight=8),
    GunModel(key="hi-point-c9", type_code="PI", make_code="HIH", make="Hi-Point", model="C9", calibre_code="9", calibre="9x19 mm", weight=4),
    GunModel(key="glock-19", type_code="PI", make_code="GLC", make="Glock", model="19", calibre_code="9", calibre="9x19 mm", weight=10, country="AT"),
    GunModel(key="taurus-pt92", type_code="PI", make_code="TAS", make="Taurus", model="PT 92", calibre_code="9", calibre="9x19 mm", weight=4, country="BR"),
    GunModel(key="beretta-92", type_code="PI", make_code="BER", make="Beretta", model="92FS", calibre_code="9", calibre="9x19 mm", weight=4, country="IT"),
    GunModel(key="para-p14", type_code="PI", make_code="POD", make="Para Ordnance", model="P14-45", calibre_code="45", calibre=".45 ACP", weight=1, country="CA"),
    GunModel(key="am-15", type_code="RI", make_code="ADM", make="Anderson Manufacturing", model="AM-15", calibre_code="556", calibre="5.56x45 mm", weight=12),
    GunModel(key="colt-ar15", type_code="RI", make_code="CLT", make="Colt", model="AR-15 A2", calibre_code="223", calibre=".223 Remington", weight=6),
    GunModel(key="wasr-10", type_code="RI", make_code="RMC", make="Romarm / Cugir", model="WASR-10", calibre_code="762", calibre="7.62x39 mm", weight=9, country="RO"),
    GunModel(key="norinco-mak90", type_code="RI", make_code="NON", make="Norinco", model="MAK-90", calibre_code="762", calibre="7.62x39 mm", weight=5, country="CN"),
    GunModel(key="sw-10", type_code="PR", make_code="SW", make="Smith & Wesson", model="10", calibre_code="38", calibre=".38 Special", weight=5),
    GunModel(key="ruger-gp100", type_code="PR", make_code="SR", make="Sturm, Ruger & Co.", model="GP100", calibre_code="357", calibre=".357 Magnum", weight=4),
    GunModel(key="mossberg-500", type_code="SP", make_code="MOS", make="Mossberg", model="500", calibre_code="12", calibre="12", weight=3),
    GunModel(key="remington-870", type_code="SP", make_code="REM", make="Remington Arms", model="870", calibre_code="12", calibre="12", weight=3),
)

MODELS_BY_KEY = {each.key: each for each in GUN_MODELS}

TIMES_TO_CRIME: tuple[tuple[int, int, int], ...] = ((20, 364, 14), (365, 1094, 19), (1095, 2043, 17), (2044, 6200, 50))
"""From how many days, to how many, and how many of a hundred sales lie between."""

IMPORTED_SHARE = 0.55
"""Of foreign guns, those that an importer brought into the United States."""

UNREAD_SHARES: tuple[tuple[SerialCondition, int], ...] = (
    (SerialCondition.READ, 83),
    (SerialCondition.OBLITERATED, 10),
    (SerialCondition.PARTIAL, 7),
)


def drawn_serial(dice: random.Random) -> str:
    """Return an invented serial."""
    return f"{SERIAL_PREFIX}{dice.randrange(100_000, 1_000_000)}"


def drawn_time_to_crime(dice: random.Random) -> int:
    """Return how many days lie between sale and recovery."""
    least, most, _ = dice.choices(TIMES_TO_CRIME, weights=[share for _, _, share in TIMES_TO_CRIME])[0]
    return dice.randint(least, most)


def described(model: GunModel, *, serial: str, is_imported: bool = True, exhibit: str = "1") -> FirearmValues:
    """Return a gun of this model as a person describes it who read all of its marks."""
    is_foreign = model.country != "US"
    importer = BY_KEY["importer"].name if is_foreign and is_imported else ""
    return FirearmValues(
        type_code=model.type_code,
        exhibit_number=exhibit,
        make_code=model.make_code,
        make=model.make,
        model=model.model,
        calibre_code=model.calibre_code,
        calibre=model.calibre,
        country_of_origin=model.country,
        importer=importer,
        importer_mark=_importer_mark(importer, is_foreign=is_foreign),
        serial=serial,
    )


def _importer_mark(importer: str, *, is_foreign: bool) -> ImporterMark:
    if importer:
        return ImporterMark.MARKED
    return ImporterMark.ABSENT if is_foreign else ImporterMark.NOT_EXAMINED


def unread(values: FirearmValues, condition: SerialCondition) -> FirearmValues:
    """Return the same gun with its serial in another condition."""
    match condition:
        case SerialCondition.READ:
            return values
        case SerialCondition.PARTIAL:
            hidden = values.serial[:-2] + UNKNOWN_CHARACTER + values.serial[-1]
            return replace(values, serial=hidden, serial_condition=condition)
        case _:
            return replace(values, serial="", serial_condition=condition)


def privately_made(model: GunModel, *, exhibit: str = "1") -> FirearmValues:
    """Return a gun after this model that nobody made commercially and that never carried a serial."""
    plain = described(model, serial="", exhibit=exhibit)
    return replace(
        plain,
        make_code="",
        make="",
        model="",
        country_of_origin="",
        importer_mark=ImporterMark.NOT_EXAMINED,
        serial_condition=SerialCondition.NONE,
        is_privately_made=True,
    )


def drawn_gun(dice: random.Random, *, is_long: bool, exhibit: str) -> FirearmValues:
    """Return a described gun as the dice fall: what it is, what could be read on it."""
    models = [each for each in GUN_MODELS if each.is_long == is_long]
    model = dice.choices(models, weights=[each.weight for each in models])[0]
    is_imported = dice.random() < IMPORTED_SHARE
    values = described(model, serial=drawn_serial(dice), is_imported=is_imported, exhibit=exhibit)
    conditions = [each for each, _ in UNREAD_SHARES]
    return unread(values, dice.choices(conditions, weights=[share for _, share in UNREAD_SHARES])[0])
