"""Public numbers are random, global and notice a slip of the pen."""

from hypothesis import given
from hypothesis import strategies as st

from cotrace.foundation.ids import CROCKFORD, new_number, normal_number, seeded_ids


def test_a_number_tells_its_kind_and_origin() -> None:
    assert new_number("SZ", origin="MX1", owner="FGR").startswith("SZ-MX1-")


@given(st.integers(min_value=0, max_value=10_000))
def test_a_number_read_in_lower_case_with_spaces_is_the_same_number(seed: int) -> None:
    with seeded_ids(str(seed)):
        number = new_number("SZ", origin="MX1", owner="FGR")
    assert normal_number(f" {number.lower()} ") == number


@given(st.integers(min_value=0, max_value=10_000))
def test_look_alikes_are_read_alike_in_the_check_character_too(seed: int) -> None:
    with seeded_ids(str(seed)):
        number = new_number("SZ", origin="MX1", owner="FGR")
    body, last = number[:7] + number[7:].replace("0", "O").replace("1", "l")[:-1], number[-1]
    for typed in {"0": "0O", "O": "0O", "1": "1IL", "I": "1IL", "L": "1IL"}.get(last, last):
        assert normal_number(body + typed) == number


@given(st.integers(min_value=0, max_value=10_000), st.integers(7, 19), st.sampled_from(CROCKFORD))
def test_any_single_wrong_character_is_noticed(seed: int, position: int, wrong: str) -> None:
    with seeded_ids(str(seed)):
        number = new_number("SZ", origin="MX1", owner="FGR")
    altered = number[:position] + wrong + number[position + 1 :]
    if number[position] == "-" or altered == number:
        return
    assert normal_number(altered) != altered


def test_what_one_agency_enters_does_not_shift_the_numbers_of_another() -> None:
    with seeded_ids("world"):
        alone = [new_number("SZ", origin="T", owner="ATF") for _ in range(3)]
    with seeded_ids("world"):
        mixed = []
        for _ in range(3):
            new_number("SZ", origin="T", owner="FGR")
            mixed.append(new_number("SZ", origin="T", owner="ATF"))
    assert alone == mixed
