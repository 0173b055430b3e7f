"""The few codes that these tests use, so that not every test loads thousands."""

from cotrace.firearms.selectors import CALIBRES, MAKES, TYPES
from cotrace.foundation.principal import installation_principal
from cotrace.reference.reads import CodeRead, TableFile
from cotrace.reference.selectors import MUNICIPIOS, STATES
from cotrace.reference.services import table_load

CODES: dict[str, dict[str, str]] = {
    TYPES: {"P": "Pistol", "PI": "Pistol, semi-automatic"},
    MAKES: {"SW": "Smith & Wesson"},
    CALIBRES: {"9": "9 mm Parabellum (9x19), Makarov (9x18), 9x21, 9x23"},
    STATES: {"26": "Sonora"},
    MUNICIPIOS: {"26043": "Nogales"},
}


def codes_exist() -> None:
    """Write the codes of these tests."""
    for table, codes in CODES.items():
        file = TableFile(code=table, title_en=table, title_es=table, source="tests", version="1", file="")
        reads = [CodeRead(code=code, label_en=label, label_es=label) for code, label in codes.items()]
        table_load(installation_principal(), table=file, sha256="tests", codes=reads)
