"""Keys made from the installation's secret key, each for one purpose: what is learned of one helps with no other.

Authority: RFC 5869 (HKDF). Tests: tests/unit/agencies/test_derived_keys.py.
"""

import base64

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def fernet_key(secret_key: str, *, purpose: str) -> bytes:
    """Return a key for Fernet that only `purpose` has."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"cotrace {purpose}".encode())
    return base64.urlsafe_b64encode(made.derive(secret_key.encode()))
