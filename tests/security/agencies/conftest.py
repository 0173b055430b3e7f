"""Quick password hashes: what these tests ask is not what a hash costs. No test inherits another's tries."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    """Hash passwords in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    """Forget how often earlier tests of this process used a passkey: the limit counts per minute and address."""
    cache.clear()
