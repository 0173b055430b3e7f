"""Quick password hashes: what these tests ask is not what a hash costs."""

import pytest


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    """Hash passwords in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
