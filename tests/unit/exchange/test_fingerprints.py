"""A fingerprint is read aloud group by group."""

from cotrace.exchange.rules.fingerprints import grouped, groups_of

KEY = "34750f98bd59fcfc946da45aaabe933b"


def test_a_fingerprint_has_eight_groups_of_four() -> None:
    assert groups_of(KEY) == ("3475", "0f98", "bd59", "fcfc", "946d", "a45a", "aabe", "933b")
    assert grouped(KEY) == "3475 0f98 bd59 fcfc 946d a45a aabe 933b"


def test_nothing_of_it_is_lost() -> None:
    assert "".join(groups_of(KEY)) == KEY
    assert grouped("") == ""
