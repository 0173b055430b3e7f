"""Two rooms say where a licence was issued: the list that people read, and the rule that needs no database. They agree."""

import csv

from cotrace.reference.imports import DATA

RULES = DATA.parents[1] / "tracing" / "data"


def test_the_list_of_districts_is_the_table_that_licence_numbers_are_held_to() -> None:
    listed = {row["code"]: row["parent"] for row in csv.DictReader((DATA / "ffl_districts.csv").open(encoding="utf-8"))}
    held_to = csv.DictReader((RULES / "ffl_districts.csv").open(encoding="utf-8"))
    assert {f"{row['region']}-{row['district']}": row["states"].split("/")[0] for row in held_to} == listed
