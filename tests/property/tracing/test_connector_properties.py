"""Answers survive the wire, and no description in doubt ever names a purchaser."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.signatures import digest
from cotrace.tracing.rules.answer_document import ConnectorAnswer, answer_bytes, belongs_to, parse_answer
from cotrace.tracing.rules.answers import Purchaser, SoldToPurchaser
from cotrace.tracing.rules.gun import RecordedGun, is_same_serial
from cotrace.tracing.rules.inquiry import inquiry_bytes, parse_inquiry
from cotrace.tracing.rules.record_lookup import look_up
from cotrace.tracing.rules.record_rows import RecordRow
from tests.unit.tracing.builders import ASKED, DEALER, NOON, inquiry

LINES = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40)
    .map(lambda text: text.strip())
    .filter(bool)
    .map(str)
)
MAKES = st.none() | st.sampled_from(["Sierra Arms", "SIERRA ARMS INC", "Colt", "Glock"])
GUNS = st.builds(
    RecordedGun,
    serial=st.just(ASKED.serial),
    make=MAKES,
    importer=MAKES,
    model=st.none() | st.sampled_from(["S17", "S19"]),
    calibre=st.none() | st.sampled_from(["9MM", ".40"]),
    type_code=st.none() | st.sampled_from(["PI", "RI"]),
)
SALES = st.builds(
    SoldToPurchaser,
    purchaser=st.builds(Purchaser, family_names=LINES, given_names=st.none() | LINES),
    sold_on=st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)),
)
ROWS = st.lists(st.builds(RecordRow, gun=GUNS, acquisition=st.none(), answer=SALES), max_size=6).map(tuple)


@given(ROWS, GUNS)
def test_an_answer_from_any_records_survives_the_wire_and_belongs_to_its_inquiry(
    rows: tuple[RecordRow, ...], asked_gun: RecordedGun
) -> None:
    asked = inquiry(gun=asked_gun)
    found = look_up(rows, asked)
    answer = ConnectorAnswer(
        inquiry_id=asked.inquiry_id,
        inquiry_digest=digest(inquiry_bytes(asked)),
        licensee=DEALER.number,
        answered_at=NOON,
        answer=found.answer,
        gun=found.gun,
    )
    raw = answer_bytes(answer)
    assert answer_bytes(parse_answer(raw)) == raw
    assert belongs_to(parse_answer(raw), asked)


@given(ROWS, GUNS)
def test_a_purchaser_is_named_only_for_one_gun_of_the_asked_serial(
    rows: tuple[RecordRow, ...], asked_gun: RecordedGun
) -> None:
    found = look_up(rows, inquiry(gun=asked_gun))
    if isinstance(found.answer, SoldToPurchaser):
        assert found.gun is not None
        assert is_same_serial(found.gun.serial, asked_gun.serial)
        assert found.answer in [row.answer for row in rows if row.gun.serial == found.gun.serial]


@given(ROWS, GUNS, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_change_who_is_named(
    rows: tuple[RecordRow, ...], asked_gun: RecordedGun, random: object
) -> None:
    dated = tuple(row for row in rows if row.answer.sold_on is not None)  # type: ignore[union-attr]
    shuffled = list(dated)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = look_up(dated, inquiry(gun=asked_gun)).answer
    second = look_up(tuple(shuffled), inquiry(gun=asked_gun)).answer
    assert type(first) is type(second)
    if isinstance(first, SoldToPurchaser) and isinstance(second, SoldToPurchaser):
        assert first.sold_on == second.sold_on


@given(st.binary(max_size=200))
def test_rubbish_is_neither_an_inquiry_nor_an_answer(raw: bytes) -> None:
    for parse in (parse_inquiry, parse_answer):
        try:
            parse(raw)
        except Invalid:
            continue
        raise AssertionError(raw)
