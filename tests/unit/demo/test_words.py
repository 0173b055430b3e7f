"""What the demo says while it builds its world is said in the language of the terminal."""

import pytest
from django.utils.translation import gettext, override

from cotrace.demo import build

WORDS = {"%(count)s code tables": "%(count)s catálogos", "%(count)s agencies": "%(count)s corporaciones"}


@pytest.mark.parametrize("english", WORDS)
def test_the_demo_speaks_spanish(english: str) -> None:
    assert english in build.__loader__.get_source(build.__name__)
    with override("es"):
        assert gettext(english) == WORDS[english]
