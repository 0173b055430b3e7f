"""Keys made from the installation's secret key."""

from cryptography.fernet import Fernet, InvalidToken
from pytest import raises

from cotrace.agencies.rules.derived_keys import fernet_key, public_key


def test_the_same_key_comes_of_the_same_secret_and_purpose():
    assert fernet_key("secret", purpose="a") == fernet_key("secret", purpose="a")


def test_another_purpose_or_secret_opens_nothing():
    kept = Fernet(fernet_key("secret", purpose="a")).encrypt(b"x")
    for secret, purpose in (("secret", "b"), ("another", "a"), ("", "a")):
        with raises(InvalidToken):
            Fernet(fernet_key(secret, purpose=purpose)).decrypt(kept)


def test_what_was_encrypted_by_earlier_versions_is_still_read():
    """The key of factor secrets must never change: every app would have to be set up again."""
    assert fernet_key("only-for-tests", purpose="factor secrets") == b"BwQLuTUqo9lfgNtrD-3-yk-lbI_DYd4vBWDeKRniXOE="


def test_a_rows_public_key_is_its_own_and_comes_of_the_secret():
    made = {public_key(secret, purpose="p", row=row) for secret in ("a", "b") for row in range(50)}
    assert len(made) == 100
    assert all(len(each) == 16 and set(each) <= set("0123456789abcdef") for each in made)
