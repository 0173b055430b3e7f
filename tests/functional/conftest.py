"""Fixtures of tests that go through the doors."""

from tests.support.at_terminal import answering_site

__all__ = ["answering_site"]
