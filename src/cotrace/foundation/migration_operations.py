"""Migration steps whose SQL differs by engine."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.db import migrations

from cotrace.foundation.engines import engine

Statements = Callable[[ModuleType], list[str]]


def engine_sql(forwards: Statements, backwards: Statements) -> migrations.RunPython:
    """Return a step that runs the statements its engine's module gives."""

    def run(statements: Statements) -> Callable[[Any, Any], None]:
        def step(_apps: Any, schema_editor: Any) -> None:
            for statement in statements(engine(schema_editor.connection)):
                schema_editor.execute(statement, params=None)

        return step

    return migrations.RunPython(run(forwards), run(backwards))
