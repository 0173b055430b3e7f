"""How often tests kill: a few times in `make test`, a thousand in `make soak`; COTRACE_KILLS says another number."""

import os

import pytest

KILLS_OF_SOAK = 1000


def how_often(few: int) -> pytest.MarkDecorator:
    """Run a test with `kills` few, and, in the soak, a thousand."""
    said = os.environ.get("COTRACE_KILLS", "")
    return pytest.mark.parametrize(
        "kills",
        [
            pytest.param(int(said or few), id="short"),
            pytest.param(int(said or KILLS_OF_SOAK), id="soak", marks=pytest.mark.soak),
        ],
    )
