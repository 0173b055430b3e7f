"""The committed OpenAPI document is what the JSON door gives now: a changed route is seen in a diff.

`make docs` writes docs/openapi.json anew; whoever reviews the change reviews what clients will notice.
"""

import json
import os
import subprocess
import sys

from django.test import Client

from tests.architecture.source import ROOT, say

COMMITTED = ROOT / "docs" / "openapi.json"
PRINTED = """
import importlib.util, pathlib, sys
where = pathlib.Path("scripts/write_docs.py")
specification = importlib.util.spec_from_file_location("write_docs", where)
writer = importlib.util.module_from_spec(specification)
specification.loader.exec_module(writer)
writer.cli.set_up_django()
sys.stdout.buffer.write(writer.openapi_page().encode())
"""
ELSEWHERE = {
    "COTRACE_INSTALLATION": "FAR",
    "COTRACE_HOSTS": "far.example",
    "COTRACE_HTTPS": "no",
    "COTRACE_SECRET_KEY": "of another place",
    "LANG": "es_MX.UTF-8",
    "LANGUAGE": "es",
    "TZ": "Asia/Tokyo",
}


def printed(**environment: str) -> str:
    """Return the document as a process of its own writes it in an environment."""
    result = subprocess.run(
        [sys.executable, "-c", PRINTED],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return result.stdout.decode()


def changed_routes(committed: dict, present: dict) -> list[str]:
    """Name each route and schema that differs between two documents."""
    parts = [
        (committed["paths"], present["paths"], "route"),
        (committed["components"]["schemas"], present["components"]["schemas"], "schema"),
    ]
    return [
        f"{kind} {name}: {'new' if name not in old else 'gone' if name not in new else 'changed'}"
        for old, new, kind in parts
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def test_the_committed_document_is_what_the_json_door_gives():
    committed, present = COMMITTED.read_text(), printed(PYTHONHASHSEED="1")
    differing = changed_routes(json.loads(committed), json.loads(present))
    assert committed == present, f"run `make docs` and review docs/openapi.json:{say(differing)}"


def test_the_document_is_the_same_in_every_environment(tmp_path):
    here = printed(PYTHONHASHSEED="1")
    assert printed(PYTHONHASHSEED="2", COTRACE_HOME=str(tmp_path), **ELSEWHERE) == here
    assert json.loads(here)["servers"] == [], "an address belongs to an installation, not to the document"


def test_the_site_serves_the_same_document_without_a_sign_in():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == json.loads(printed())


def test_a_changed_route_is_named():
    old = {"paths": {"/a": 1, "/b": 1}, "components": {"schemas": {"Out": 1}}}
    new = {"paths": {"/b": 2, "/c": 1}, "components": {"schemas": {"Out": 1}}}
    assert changed_routes(old, new) == ["route /a: gone", "route /b: changed", "route /c: new"]
    assert not changed_routes(old, old)
