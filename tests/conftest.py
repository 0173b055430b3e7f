"""Databases, a stopped clock, and the cast everybody knows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from xdist.scheduler import LoadScopeScheduling

from cotrace.config import environment
from tests.support.environment import HOME

TESTS = Path(__file__).parent
DOORS = ("functional/", "browser/", "security/agencies/")
LONGEST_FIRST = (
    "security/test_noninterference", "browser/exchange", "security/agencies/test_forms", "security/agencies/test_r",
    "functional/config", "usecases", "browser", "functional", "security", "architecture", "property", "golden", "unit",
)  # fmt: skip
"""How paths begin, those whose modules take longest first."""
NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first, so that no process has it left over at the end.

    On PostgreSQL pages, API and terminal are walked in the long half; the short one has what stands under them.
    """
    items.sort(key=lambda item: next(at for at, path in enumerate(LONGEST_FIRST) if _place(item).startswith(path)))
    if environment.text("COTRACE_DATABASE_URL").startswith("postgres"):
        for item in items:
            if _place(item).startswith(DOORS):
                item.add_marker(pytest.mark.full)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Keep the tests of a module in one process, but for the two worlds: one process for each agency that reads."""
    return ByReader(config, log)


class ByReader(LoadScopeScheduling):
    """Modules stay together; the longest is cut by reader."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        if not scope.endswith("security/test_noninterference.py"):
            return scope
        return f"{scope}::{nodeid.rpartition('[')[2].partition('-')[0]}"


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).as_posix()


property_settings.register_profile("cotrace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("cotrace")
"""No test takes the time: a machine that others share stalls any draw for a second. What a property says stays as it is."""


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> None:
    """Pages name static files without the hash that `collectstatic` gives them."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def signed_session_cookies() -> Iterator[None]:
    """Django's test client carries the cookie that the site gives, not the bare name of a session."""
    from tests.support.session_cookies import client_signs_its_cookie

    with pytest.MonkeyPatch.context() as patched:
        client_signs_its_cookie(patched)
        yield


@pytest.fixture(autouse=True)
def language_given_back() -> Iterator[None]:
    """A page or a command in Spanish leaves its language to the thread; the next test begins with the default."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def engine_under_test(django_db_blocker) -> Iterator[object]:
    """The engine of this run, its template migrated."""
    from tests.support.databases import engine_of_tests

    found = engine_of_tests(Path(HOME))
    with django_db_blocker.unblock():
        found.make_template()
    yield found
    with django_db_blocker.unblock():
        found.drop(found.template)


@pytest.fixture(scope="session")
def django_db_setup(engine_under_test, django_db_blocker) -> Iterator[None]:
    """One copy for all tests that roll back."""
    with django_db_blocker.unblock():
        name = engine_under_test.copy()
        engine_under_test.point_at(name)
    yield
    with django_db_blocker.unblock():
        engine_under_test.drop(name)


@pytest.fixture
def committed(engine_under_test, django_db_setup, django_db_blocker) -> Iterator[object]:
    """A fresh database whose commits are real: for kills, races, workers and other processes."""
    from django.conf import settings

    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        name = engine_under_test.copy()
        engine_under_test.point_at(name)
        yield engine_under_test
        engine_under_test.drop(name)
        engine_under_test.point_at(before)


@pytest.fixture
def stopped_clock() -> Iterator[datetime]:
    """The clock stands at noon in Ciudad Juárez on 2 March 2026."""
    from cotrace.foundation import clock

    with clock.frozen_at(NOON):
        yield NOON
