"""Quick password hashes, but for the tests that ask for real ones: those measure what a try costs."""

import pytest


@pytest.fixture
def real_hashes() -> None:
    """Ask for the hashes of the product."""


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, settings) -> None:
    """Hash passwords in no time."""
    if "real_hashes" not in request.fixturenames:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
