#!/usr/bin/env python3
"""Write the code tables that are taken from other people's lists: scripts/reference_tables.py FOLDER.

FOLDER holds the lists as data/SOURCES.md of the room names them (catalog, codes, ffl, geo). What is ours (calibres,
spellings, roles of makes, crossings) is edited in src/cotrace/reference/data itself. Run it for a new edition, then
raise the version in tables.csv.
"""

import csv
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

os.environ["LC_ALL"] = "C.UTF-8"
DATA = Path(__file__).resolve().parent.parent / "src" / "cotrace" / "reference" / "data"
Row = dict[str, str]

from cotrace.config import cli  # noqa: E402 - the language of names is chosen below

SEXES = {"F": ("Female", "Mujer"), "M": ("Male", "Hombre"), "U": ("Unknown", "Se desconoce")}
RACES = {
    "A": ("Asian", "Asiática"), "B": ("Black", "Negra"), "I": ("American Indian", "Indígena americana"),
    "U": ("Unknown", "Se desconoce"), "W": ("White", "Blanca"),
}  # fmt: skip
EYES = {
    "BLK": ("Black", "Negros"), "BLU": ("Blue", "Azules"), "BRO": ("Brown", "Cafés"), "GRN": ("Green", "Verdes"),
    "GRY": ("Gray", "Grises"), "HAZ": ("Hazel", "Avellana"), "MAR": ("Maroon", "Castaño rojizo"),
    "MUL": ("Multicolored", "De varios colores"), "PNK": ("Pink", "Rosados"), "XXX": ("Unknown", "Se desconoce"),
}  # fmt: skip
HAIR = {
    "BLK": ("Black", "Negro"), "BLN": ("Blond or strawberry", "Rubio"), "BLU": ("Blue", "Azul"),
    "BRO": ("Brown", "Castaño"), "GRN": ("Green", "Verde"), "GRY": ("Gray or partially gray", "Cano o entrecano"),
    "ONG": ("Orange", "Anaranjado"), "PLE": ("Purple", "Morado"), "PNK": ("Pink", "Rosa"),
    "RED": ("Red or auburn", "Pelirrojo o caoba"), "SDY": ("Sandy", "Rubio cenizo"), "WHI": ("White", "Blanco"),
    "XXX": ("Unknown or completely bald", "Se desconoce o calvicie total"),
}  # fmt: skip
PERSONS = {"SEX": SEXES, "RAC": RACES, "EYE": EYES, "HAI": HAIR}
PERSON_FILES = {"SEX": "sex", "RAC": "race", "EYE": "eye", "HAI": "hair"}
COUNTY_WORDS = (
    ("City and Borough", "Ciudad y borough de"), ("Census Area", "Área censal de"), ("Municipality", "Municipalidad de"),
    ("Planning Region", "Región de planeación de"), ("County", "Condado de"), ("Parish", "Parroquia de"),
    ("Borough", "Borough de"), ("Municipio", "Municipio de"), ("city", "Ciudad de"),
)  # fmt: skip
"""How the kind of a county ends its English name and begins its Spanish one."""


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a list."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def write(name: str, rows: Iterable[Row]) -> None:
    """Write a table, its codes in order."""
    listed = sorted(rows, key=lambda row: row["code"])
    with (DATA / name).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
    print(f"{name}: {len(listed)}")


def countries() -> Iterator[Row]:
    """Yield the countries that firearms knows, by the names it shows: one list, written out."""
    from django.utils import translation

    from cotrace.firearms.rules.countries import MARKED
    from cotrace.firearms.sentences.countries import country_name

    names: dict[str, dict[str, str]] = {}
    for language in ("en", "es"):
        with translation.override(language):
            names[language] = {code: country_name(code, language=language) for code in MARKED}
    for code in MARKED:
        yield {"code": code, "label_en": names["en"][code], "label_es": names["es"][code]}


def counties(folder: Path) -> Iterator[Row]:
    """Yield the counties by their FIPS code; a state is the parent."""
    for row in rows_of(folder / "ffl" / "ffl_counts_by_county_2023.csv"):
        name = row["countyname"]
        yield {"code": row["fips"], "label_en": name, "label_es": _county_es(name), "parent": row["state"]}


def _county_es(name: str) -> str:
    for english, spanish in COUNTY_WORDS:
        if name.endswith(f" {english}"):
            return f"{spanish} {name.removesuffix(f' {english}')}"
    return {"District of Columbia": "Distrito de Columbia"}.get(name, name)


def ports(folder: Path) -> Iterator[Row]:
    """Yield the land ports of entry by CBP code; a state is the parent."""
    states = {row["label_en"]: row["code"] for row in rows_of(DATA / "us_states.csv")}
    for row in rows_of(folder / "geo" / "us_land_border_ports_bts.csv"):
        code = row["Port Code"].zfill(4)
        place = {"lat": row["lat"], "lon": row["lon"]}
        yield {"code": code, "name": row["Port Name"], "parent": states[row["State"]], **place}


def districts(folder: Path) -> Iterator[Row]:
    """Yield the region-district pairs that begin licence numbers; the state of most of their licensees is the parent."""
    for row in rows_of(folder / "codes" / "ffl_region_district_to_state_derived.csv"):
        region, district, states = row["region"], row["district"].zfill(2), row["states"]
        yield {
            "code": f"{region}-{district}",
            "label_en": f"Region {region}, district {district} ({states})",
            "label_es": f"Región {region}, distrito {district} ({states})",
            "parent": states.split("/")[0],
        }


def persons(field: str, folder: Path) -> Iterator[Row]:
    """Yield the codes of a person descriptor, each of which has its labels above."""
    for row in rows_of(folder / "codes" / f"ncic_{PERSON_FILES[field]}_{field}.csv"):
        english, spanish = PERSONS[field][row["code"]]
        yield {"code": row["code"], "label_en": english, "label_es": spanish}


def models(folder: Path) -> Iterator[Row]:
    """Yield the models whose brand the alias table knows; the make is the parent, and the brand leaves the name."""
    from cotrace.reference.rules.spellings import make_spelling

    makes = {row["code"]: row["parent"] for row in rows_of(DATA / "make_aliases.csv")}
    found: dict[str, Row] = {}
    for row in rows_of(folder / "catalog" / "gunsnprices_models.csv"):
        make = makes.get(make_spelling(row["brand"]))
        if make:
            name = _without_brand(row["model"], [row["brand"], *row["brand_names"].split("|")])
            code = f"{make}-{re.sub(r'[^A-Z0-9]+', '-', name.upper()).strip('-')}"[:40].rstrip("-")
            found.setdefault(code, {"code": code, "name": name, "parent": make})
    yield from found.values()


def _without_brand(model: str, brands: list[str]) -> str:
    for brand in sorted(brands, key=len, reverse=True):
        if model.casefold().startswith(f"{brand.casefold()} "):
            return model[len(brand) + 1 :].strip()
    return model


def main() -> int:
    """Write every table."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    cli.set_up_django()
    folder = Path(sys.argv[1])
    write("countries.csv", countries())
    write("us_counties.csv", counties(folder))
    write("us_ports.csv", ports(folder))
    write("ffl_districts.csv", districts(folder))
    write("models.csv", models(folder))
    for field, name in PERSON_FILES.items():
        write(f"ncic_{name}.csv", persons(field, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
