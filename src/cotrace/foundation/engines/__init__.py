"""What differs between the two database engines, one module per engine.

`engine()` returns the module for a connection; both offer the same functions.
"""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from cotrace.foundation.engines import postgresql, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the engine module of `connection`."""
    return _ENGINES[connection.vendor]
