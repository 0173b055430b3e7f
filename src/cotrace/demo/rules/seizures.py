"""Decides what seizures the synthetic world holds.

Authority: shares follow the published ones (domain/tracing 5.3: corridors, handguns and long guns);
places are INEGI's, dates lie in the two years before the world's day. Everything else is drawn from
the seed. No person, dealer or event is real.
Tests: tests/unit/demo/test_seizures.py.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from cotrace.files.rules.words import Reason
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.sharing.rules.levels import Level

NEXT_AFTERNOON = time(21, 30)
"""In UTC: the early afternoon of the border."""

HIGHWAYS = ("federal 2", "federal 15D", "federal 45", "federal 40D", "federal 85", "estatal 97")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """Where an agency seizes: state, municipios, how often, and with whom."""

    owner: str
    state: str
    municipios: tuple[str, ...]
    share: int
    forces: tuple[str, ...]


BEATS = (
    Beat(owner="FGE-SON", state="26", municipios=("26043", "26030", "26002", "26055"), share=30, forces=("MX-FGE", "MX-SEDENA")),
    Beat(owner="FGR", state="28", municipios=("28027", "28032", "28022", "28035"), share=30, forces=("MX-SEDENA", "MX-SEMAR")),
    Beat(owner="FGR", state="19", municipios=("19039", "19026", "19021"), share=20, forces=("MX-SEDENA", "MX-GN")),
    Beat(owner="FGE-CHIH", state="08", municipios=("08037", "08019", "08035"), share=25, forces=("MX-FGE", "MX-PMUN")),
    Beat(owner="FGR", state="11", municipios=("11007", "11020", "11017"), share=10, forces=("MX-GN", "MX-SEDENA")),
    Beat(owner="ICE-HSI", state="AZ", municipios=("",), share=20, forces=("US-HSI", "US-CBP")),
    Beat(owner="ATF", state="TX", municipios=("",), share=15, forces=("US-ATF",)),
    Beat(owner="PD-EP", state="TX", municipios=("",), share=8, forces=("US-LOCAL", "US-CBP")),
)

CITIES = {"TX": ("El Paso", "Laredo", "Eagle Pass", "Brownsville"), "AZ": ("Nogales", "Douglas", "San Luis")}
"""Where agencies of the United States seize, by state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticSeizure:
    """A seizure to be recorded by `owner`, with the most that others may see."""

    owner: str
    values: SeizureValues
    cap: Level
    is_restricted: bool

    def recorded_at(self, *, earliest: datetime, latest: datetime) -> datetime:
        """Return when it was recorded: in the afternoon of the next day, as far as that lies between the two."""
        happened_on = self.values.occurred_on or earliest.date()
        next_day = datetime.combine(happened_on + timedelta(days=1), NEXT_AFTERNOON, UTC)
        return min(max(next_day, earliest), latest)


def _amount(dice: random.Random, *, blank_share: float, most: int) -> Amount:
    if dice.random() < blank_share:
        return Amount(quantity=None, reason=dice.choice((Reason.BLANK, Reason.NO_INFORMATION)))
    return Amount(quantity=min(int(dice.expovariate(1 / max(most / 6, 0.8))), most))


def tear_line_of(beat: Beat, amounts: Mapping[str, Amount]) -> str:
    """Return what other agencies may read of a seizure, in the language of the agency that recorded it."""
    guns = sum(amounts[item].quantity or 0 for item in ("long_guns", "short_guns"))
    if beat.state in CITIES:
        taken = {0: "No firearms seized", 1: "1 firearm seized"}.get(guns, f"{guns} firearms seized")
        return f"{taken}; call before acting on this."
    taken = {0: "Aseguramiento sin armas de fuego", 1: "Aseguramiento de 1 arma de fuego"}.get(
        guns, f"Aseguramiento de {guns} armas de fuego"
    )
    return f"{taken}; comuníquese antes de actuar."


def _words(dice: random.Random, beat: Beat) -> tuple[str, str]:
    """Return place and notes in the language of the recording agency."""
    if beat.state in CITIES:
        place = dice.choice(CITIES[beat.state])
        note = "Synthetic. Southbound outbound inspection." if dice.random() < 0.6 else "Synthetic. Stash house."
        return place, note
    km = dice.randint(2, 240)
    place = f"Carretera {dice.choice(HIGHWAYS)}, km {km}"
    note = "Sintético. Puesto de revisión; vehículo con doble fondo." if dice.random() < 0.5 else "Sintético. Cateo."
    return place, note


def drawn_seizure(dice: random.Random, beat: Beat, *, today: date) -> SyntheticSeizure:
    """Return one seizure of a beat, as the dice fall."""
    long_guns = _amount(dice, blank_share=0.12, most=30)
    short_guns = _amount(dice, blank_share=0.15, most=12)
    place, notes = _words(dice, beat)
    municipio = dice.choice(beat.municipios)
    values = SeizureValues(
        occurred_on=today - timedelta(days=dice.randint(1, 730)),
        state_code=beat.state,
        municipio_code=municipio if dice.random() < 0.93 else "",
        place=place,
        participants=tuple(force for force in beat.forces if dice.random() < 0.7),
        amounts={
            "long_guns": long_guns,
            "short_guns": short_guns,
            "magazines": _amount(dice, blank_share=0.3, most=120),
            "rounds": _amount(dice, blank_share=0.25, most=6000),
            "vehicles": _amount(dice, blank_share=0.2, most=4),
        },
        detained=_amount(dice, blank_share=0.4, most=6),
        notes=notes,
    )
    values = replace(values, tear_line=tear_line_of(beat, values.amounts))
    cap = dice.choices((Level.FULL, Level.TEAR_LINE, Level.POINTER, Level.NOTHING), weights=(70, 15, 10, 5))[0]
    return SyntheticSeizure(owner=beat.owner, values=values, cap=cap, is_restricted=dice.random() < 0.04)


def synthetic_seizures(seed: int, *, count: int, today: date) -> list[SyntheticSeizure]:
    """Return `count` seizures, the same for the same seed and day."""
    dice = random.Random(f"seizures:{seed}")  # noqa: S311 - a synthetic world, not a secret
    beats = dice.choices(BEATS, weights=[beat.share for beat in BEATS], k=count)
    return [drawn_seizure(dice, beat, today=today) for beat in beats]
