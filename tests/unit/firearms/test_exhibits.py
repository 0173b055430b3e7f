"""The order of exhibit numbers."""

from cotrace.firearms.rules.exhibits import exhibit_order


def test_exhibits_stand_as_people_count_them_and_those_without_a_number_last() -> None:
    given = ["", "10", "2", "A-11", "a-2", "2 bis", "1"]
    assert sorted(given, key=exhibit_order) == ["1", "2", "2 bis", "10", "a-2", "A-11", ""]
