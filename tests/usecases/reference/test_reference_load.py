"""`cotrace reference load`, as the operator's process: twice, with a changed label, with a code gone, with a file missing."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from cotrace.audit.models import AuditEvent
from cotrace.reference import imports
from cotrace.reference.models import Code, CodeTable
from cotrace.reference.selectors import STATES, code_label, code_table
from tests.support.processes import close_connections

START = """
import sys
from pathlib import Path
from cotrace.config import cli
cli.set_up_django()
from cotrace.reference import imports
imports.DATA = Path(sys.argv[1])
imports.MANIFEST = imports.DATA / "tables.csv"
cli.main(["reference", "load", *sys.argv[2:]])
"""
TABLES = {
    "calibre", "calibre_alias", "country", "crossing", "ffl_district", "force", "inegi_municipio", "inegi_state", "make_alias",
    "make_role", "model", "ncic_calibre", "ncic_eye", "ncic_hair", "ncic_make", "ncic_offense", "ncic_race", "ncic_sex",
    "ncic_type", "port", "us_county", "us_state",
}  # fmt: skip


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped tables, to be changed as a new version would."""
    return Path(shutil.copytree(imports.DATA, tmp_path / "data"))


@pytest.fixture
def load(committed):
    """Run the command against a database without code tables, with tables of a folder; return code, output, errors."""
    Code.objects.all().delete()
    CodeTable.objects.all().delete()

    def run(folder: Path, *words: str, **changed: str) -> tuple[int, str, str]:
        close_connections()
        environment = {
            **os.environ,
            "COTRACE_DATABASE_URL": committed.url(str(settings.DATABASES["default"]["NAME"])),
            "LC_ALL": "C.UTF-8",
            **changed,
        }
        command = [sys.executable, "-c", START, str(folder), *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout, done.stderr

    return run


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def loads_on_record() -> list[str]:
    return list(AuditEvent.objects.filter(action="reference.loaded").order_by("id").values_list("subject", flat=True))


def test_the_first_time_everything_comes_in_and_the_second_time_nothing_changes(load, shipped: Path) -> None:
    code, said, wrong = load(shipped, "--json")
    assert (code, wrong, set(json.loads(said)["changed"])) == (0, "", TABLES)
    before = list(Code.objects.order_by("table", "code").values_list())
    moments = dict(CodeTable.objects.values_list("code", "loaded_at"))
    assert set(loads_on_record()) == TABLES and len(before) > 5000
    assert load(shipped, "--json") == (0, '{\n  "changed": []\n}\n', "")
    assert load(shipped) == (0, "Code tables changed: 0\n", "")
    assert list(Code.objects.order_by("table", "code").values_list()) == before
    assert dict(CodeTable.objects.values_list("code", "loaded_at")) == moments
    assert len(loads_on_record()) == len(TABLES), "a load that changed nothing stands in the log"


def test_a_changed_label_comes_in_alone_and_a_code_that_left_is_retired(load, shipped: Path) -> None:
    load(shipped)
    first = code_table(STATES)
    states = rows_of(shipped / "inegi_states.csv")
    gone = states.pop()
    label = "label_es" if "label_es" in states[0] else "name"
    states[0][label] = "Otro nombre"
    write_rows(shipped / "inegi_states.csv", states)
    code, said, _ = load(shipped, "--json")
    assert (code, json.loads(said)["changed"]) == (0, [STATES])
    assert code_label(STATES, code=states[0]["code"], language="es") == "Otro nombre"
    assert Code.objects.get(table=STATES, code=gone["code"]).is_retired
    assert gone["code"] in code_table(STATES), "records that name a retired code keep its label"
    assert set(code_table(STATES)) == set(first)
    assert loads_on_record()[-1] == STATES
    states.append(gone)
    write_rows(shipped / "inegi_states.csv", states)
    load(shipped)
    assert not Code.objects.get(table=STATES, code=gone["code"]).is_retired, "a code that came back stays retired"


def test_a_missing_file_is_named_and_nothing_is_half_loaded(load, shipped: Path) -> None:
    (shipped / "ncic_type.csv").unlink()
    code, said, wrong = load(shipped)
    assert (code, said) == (1, "")
    assert wrong.count("\n") == 1 and wrong.startswith("cotrace: ") and "ncic_type.csv" in wrong
    assert "Traceback" not in wrong
    assert (CodeTable.objects.count(), Code.objects.count(), loads_on_record()) == (0, 0, [])
    assert "Falta el archivo ncic_type.csv" in load(shipped, LC_ALL="es_MX.UTF-8")[2]


def test_a_missing_file_leaves_what_was_loaded_before(load, shipped: Path) -> None:
    load(shipped)
    before = Code.objects.count()
    states = rows_of(shipped / "inegi_states.csv")
    write_rows(shipped / "inegi_states.csv", states[:-1])
    (shipped / "forces.csv").unlink()
    assert load(shipped)[0] == 1
    assert Code.objects.count() == before and not Code.objects.filter(is_retired=True).exists()


def test_no_offence_points_to_a_field_of_another_form() -> None:
    labels = [f"{each.label_en} {each.label_es}" for each in imports.shipped_codes("ncic_offense").values()]
    assert len(labels) > 400
    assert not [each for each in labels if "SEE MIS" in each or "campo MIS" in each]
