"""Keys made from the installation's secret key, each for one purpose: what is learned of one helps with no other.

Authority: RFC 5869 (HKDF). Tests: tests/unit/agencies/test_derived_keys.py.
"""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def fernet_key(secret_key: str, *, purpose: str) -> bytes:
    """Return a key for Fernet that only `purpose` has."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"cotrace {purpose}".encode())
    return base64.urlsafe_b64encode(made.derive(secret_key.encode()))


def public_key(secret_key: str, *, purpose: str, row: int) -> str:
    """Return 16 hexadecimal digits that stand for a row in an address and tell nothing of how many rows there are."""
    return hmac.new(fernet_key(secret_key, purpose=purpose), str(row).encode(), hashlib.sha256).hexdigest()[:16]
