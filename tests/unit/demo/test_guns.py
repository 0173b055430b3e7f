"""Guns of the synthetic world: real makes under their NCIC codes, invented serials, published shares."""

import random
from collections import Counter
from datetime import date

from cotrace.demo.rules.findings import DESCRIBING, MOST_GUNS, described_guns
from cotrace.demo.rules.guns import (
    GUN_MODELS,
    SERIAL_PREFIX,
    described,
    drawn_gun,
    drawn_serial,
    drawn_time_to_crime,
    privately_made,
    unread,
)
from cotrace.demo.rules.seizures import synthetic_seizures
from cotrace.firearms.rules.description import KnownCodes, value_problems
from cotrace.firearms.rules.serials import SerialCondition
from tests.unit.demo.test_seizures import codes

TODAY = date(2026, 3, 2)
KNOWN = KnownCodes(types=codes("ncic_type.csv"), makes=codes("ncic_make.csv"), calibres=codes("ncic_calibre.csv"))
DRAWN = 4000


def drawn(number: int = DRAWN):
    dice = random.Random("guns")
    return [drawn_gun(dice, is_long=place % 3 == 0, exhibit="1") for place in range(number)]


def test_every_model_can_be_described_however_it_was_found() -> None:
    for model in GUN_MODELS:
        whole = [described(model, serial="SYN123456", is_imported=is_imported) for is_imported in (True, False)]
        partly = [unread(values, condition) for values in whole for condition in SerialCondition]
        for values in (*whole, *partly, privately_made(model)):
            assert value_problems(values, known=KNOWN) == [], values


def test_no_serial_is_one_that_a_maker_could_have_given() -> None:
    dice = random.Random("serials")
    serials = {drawn_serial(dice) for _ in range(500)}
    assert len(serials) > 490
    assert all(serial.startswith(SERIAL_PREFIX) for serial in serials)
    assert all(values.serial.startswith(SERIAL_PREFIX) for values in drawn() if values.serial)


def test_a_ninth_could_not_be_read_at_all_and_foreign_guns_lack_an_importer_or_name_it() -> None:
    conditions = Counter(values.serial_condition for values in drawn())
    assert 0.07 < conditions[SerialCondition.OBLITERATED] / DRAWN < 0.13
    foreign = [values for values in drawn() if values.country_of_origin != "US"]
    with_importer = [values for values in foreign if values.importer]
    assert 0.5 < len(with_importer) / len(foreign) < 0.6


def test_times_to_crime_follow_the_published_ones() -> None:
    dice = random.Random("times")
    days = sorted(drawn_time_to_crime(dice) for _ in range(DRAWN))
    assert 0.12 < sum(day < 365 for day in days) / DRAWN < 0.16
    assert 0.30 < sum(day < 3 * 365 for day in days) / DRAWN < 0.36
    assert 5.2 < days[DRAWN // 2] / 365.25 < 6.0


def test_no_seizure_has_more_described_guns_than_it_logs() -> None:
    seizures = synthetic_seizures(1, count=1500, today=TODAY)
    found = described_guns(1, seizures=seizures)
    assert found == described_guns(1, seizures=seizures)
    assert 100 < len(found) < 250
    for place, guns in found.items():
        amounts = seizures[place].values.amounts
        long_guns = sum(gun.type_code[0] in "RS" for gun in guns)
        assert seizures[place].owner in DESCRIBING
        assert long_guns <= (amounts["long_guns"].quantity or 0)
        assert len(guns) - long_guns <= (amounts["short_guns"].quantity or 0)
        assert [gun.exhibit_number for gun in guns] == [str(number) for number in range(1, len(guns) + 1)]
        assert len(guns) <= MOST_GUNS
