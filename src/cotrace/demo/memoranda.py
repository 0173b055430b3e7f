"""The memoranda of the synthetic world: who shows whom which category of records at which level."""

from dataclasses import dataclass, replace
from datetime import timedelta

from cotrace.demo.people import PURPOSE, Cast
from cotrace.foundation import clock
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft, agreement_sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """A memorandum of the world: each clause says owner, viewer, category and level."""

    title_en: str
    title_es: str
    parties: tuple[str, str]
    clauses: tuple[tuple[str, str, str, Level], ...]


PACTS = (
    Pact(
        title_en="ATF and HSI: intelligence on firearms trafficking",
        title_es="ATF y HSI: inteligencia sobre tráfico de armas",
        parties=("ATF", "ICE-HSI"),
        clauses=(
            ("ATF", "ICE-HSI", "seizure", Level.FULL),
            ("ATF", "ICE-HSI", "firearm", Level.FULL),
            ("ATF", "ICE-HSI", "trace_request", Level.TEAR_LINE),
            ("ICE-HSI", "ATF", "seizure", Level.FULL),
            ("ICE-HSI", "ATF", "firearm", Level.FULL),
            ("ICE-HSI", "ATF", "trace_request", Level.TEAR_LINE),
        ),
    ),
    Pact(
        title_en="Sonora and ATF: recovered firearms",
        title_es="Sonora y ATF: armas aseguradas",
        parties=("FGE-SON", "ATF"),
        clauses=(
            ("FGE-SON", "ATF", "seizure", Level.TEAR_LINE),
            ("FGE-SON", "ATF", "firearm", Level.TEAR_LINE),
            ("ATF", "FGE-SON", "seizure", Level.POINTER),
            ("ATF", "FGE-SON", "firearm", Level.POINTER),
        ),
    ),
    Pact(
        title_en="FGR and ATF: recovered firearms",
        title_es="FGR y ATF: armas aseguradas",
        parties=("FGR", "ATF"),
        clauses=(
            ("FGR", "ATF", "seizure", Level.POINTER),
            ("FGR", "ATF", "firearm", Level.POINTER),
            ("FGR", "ATF", "trace_request", Level.POINTER),
            ("ATF", "FGR", "seizure", Level.TEAR_LINE),
            ("ATF", "FGR", "firearm", Level.TEAR_LINE),
        ),
    ),
    Pact(
        title_en="FGR and Sonora: one recovery, one record",
        title_es="FGR y Sonora: un aseguramiento, un registro",
        parties=("FGR", "FGE-SON"),
        clauses=(
            ("FGR", "FGE-SON", "seizure", Level.FULL),
            ("FGR", "FGE-SON", "firearm", Level.FULL),
            ("FGR", "FGE-SON", "trace_request", Level.FULL),
            ("FGE-SON", "FGR", "seizure", Level.FULL),
            ("FGE-SON", "FGR", "firearm", Level.FULL),
            ("FGE-SON", "FGR", "trace_request", Level.FULL),
        ),
    ),
)

WAITING = Pact(
    title_en="El Paso Police and ATF: firearms recovered in the city",
    title_es="Policía de El Paso y ATF: armas recuperadas en la ciudad",
    parties=("PD-EP", "ATF"),
    clauses=(
        ("PD-EP", "ATF", "seizure", Level.TEAR_LINE),
        ("PD-EP", "ATF", "firearm", Level.TEAR_LINE),
        ("PD-EP", "ATF", "trace_request", Level.TEAR_LINE),
        ("ATF", "PD-EP", "seizure", Level.POINTER),
        ("ATF", "PD-EP", "firearm", Level.POINTER),
    ),
)
"""Waits for the other party's signature."""


def pact_signed(cast: Cast, pact: Pact, *, by: tuple[str, ...]) -> None:
    """Draft a memorandum for its first party and sign it for those named."""
    today = clock.today()
    draft = AgreementDraft(
        title_en=pact.title_en,
        title_es=pact.title_es,
        legal_basis="Synthetic memorandum for training / Memorando sintético para capacitación",
        purposes=(PURPOSE,),
        parties=pact.parties,
        clauses=tuple(
            Clause(owner=owner, viewer=viewer, category=category, level=level)
            for owner, viewer, category, level in pact.clauses
        ),
        starts_on=today,
        review_on=today + timedelta(days=365),
    )
    number = agreement_draft(cast.builder(pact.parties[0]), draft=draft)
    for agency in by:
        agreement_sign(replace(cast.builder(agency), name=f"Director {agency} (synthetic)"), number=number)
