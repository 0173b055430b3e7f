"""Writing the synthetic world through the same services that people use: no door is special."""

import csv
import random
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.services import NewAgency, NewMember, agency_add, member_add, roles_load
from cotrace.demo.rules.seizures import synthetic_seizures
from cotrace.foundation import clock
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, Principal, installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft, agreement_sign
from cotrace.sharing.services.circles import circle_open

DATA = Path(__file__).parent / "data"
PURPOSE = "criminal_investigation"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """A person of the printed cast: how to sign in, and as whom."""

    email: str
    name: str
    agency: str
    roles: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWorld:
    """What was built: the cast and the password that all of it shares."""

    cast: tuple[CastMember, ...]
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """A memorandum of the world: who shows whom which category at which level."""

    title_en: str
    title_es: str
    parties: tuple[str, ...]
    clauses: tuple[tuple[str, str, str, Level], ...]


PACTS = (
    Pact(
        title_en="ATF and HSI: intelligence on firearms trafficking",
        title_es="ATF y HSI: inteligencia sobre tráfico de armas",
        parties=("ATF", "ICE-HSI"),
        clauses=(("ATF", "ICE-HSI", "seizure", Level.FULL), ("ICE-HSI", "ATF", "seizure", Level.FULL)),
    ),
    Pact(
        title_en="Sonora and ATF: recovered firearms",
        title_es="Sonora y ATF: armas aseguradas",
        parties=("FGE-SON", "ATF"),
        clauses=(
            ("FGE-SON", "ATF", "seizure", Level.TEAR_LINE),
            ("ATF", "FGE-SON", "seizure", Level.POINTER),
        ),
    ),
    Pact(
        title_en="FGR and ATF: recovered firearms",
        title_es="FGR y ATF: armas aseguradas",
        parties=("FGR", "ATF"),
        clauses=(("FGR", "ATF", "seizure", Level.POINTER), ("ATF", "FGR", "seizure", Level.TEAR_LINE)),
    ),
    Pact(
        title_en="FGR and Sonora: one recovery, one record",
        title_es="FGR y Sonora: un aseguramiento, un registro",
        parties=("FGR", "FGE-SON"),
        clauses=(("FGR", "FGE-SON", "seizure", Level.FULL), ("FGE-SON", "FGR", "seizure", Level.FULL)),
    ),
)


def demo_password(seed: int) -> str:
    """Return the password the printed cast shares; anybody may know it."""
    dice = random.Random(f"password:{seed}")  # noqa: S311 - printed on the screen
    return "demo-" + "".join(dice.choice(string.ascii_lowercase) for _ in range(8)) + "-2026"


def read_cast() -> tuple[CastMember, ...]:
    """Return the cast that ships."""
    with (DATA / "cast.csv").open(encoding="utf-8", newline="") as source:
        return tuple(
            CastMember(
                email=row["email"],
                name=row["name"],
                agency=row["agency"],
                roles=tuple(row["roles"].split(";")),
                language=row["language"],
            )
            for row in csv.DictReader(source)
        )


def builder(agency: str, member: str = "demo") -> Principal:
    """Return the demo's builder acting for one agency of the world."""
    return Principal(
        id=member,
        agency=agency,
        door=Door.TERMINAL,
        name="Synthetic world",
        permissions=frozenset(declared_permissions()),
        purpose=PURPOSE,
    )


def build_world(*, seed: int, seizures: int, say: Say) -> DemoWorld:
    """Write the synthetic world into an empty database; the same seed writes the same world."""
    password = demo_password(seed)
    today = clock.today()
    _agencies_and_roles(say)
    cast = read_cast()
    ids = _members(cast, password)
    say(_("%(count)s sign-ins") % {"count": len(cast)})
    _seizures(seed, seizures, today, ids)
    say(_("%(count)s seizures") % {"count": seizures})
    _pacts(ids, today)
    say(_("%(count)s memoranda in force, one waiting for a signature") % {"count": len(PACTS)})
    return DemoWorld(cast=cast, password=password)


def _agencies_and_roles(say: Say) -> None:
    operator = installation_principal()
    changed = reference_load(operator)
    say(_("%(count)s code tables") % {"count": len(changed)})
    roles_load(operator, lines=shipped_roles())
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as source:
        agencies = list(csv.DictReader(source))
    for row in agencies:
        new = NewAgency(
            code=row["code"],
            name_en=row["name_en"],
            name_es=row["name_es"],
            country=row["country"],
            liaison_name=f"Liaison desk {row['code']} (synthetic)",
            liaison_phone=row["liaison_phone"],
            liaison_email=f"liaison@{row['code'].lower()}.example",
        )
        agency_add(operator, new=new)
    say(_("%(count)s agencies") % {"count": len(agencies)})


def _members(cast: tuple[CastMember, ...], password: str) -> dict[str, str]:
    """Write the cast; return by agency the id of its first member, who owns what the agency records."""
    first: dict[str, str] = {}
    for each in cast:
        member = member_add(
            installation_principal(),
            new=NewMember(
                email=each.email,
                name=each.name,
                agency=each.agency,
                roles=each.roles,
                language=each.language,
                password=password,
                is_demo=bool(each.email),
            ),
        )
        first.setdefault(each.agency, member)
    return first


def _seizures(seed: int, count: int, today: date, ids: dict[str, str]) -> None:
    circles: dict[str, str] = {}
    for each in synthetic_seizures(seed, count=count, today=today):
        principal = builder(each.owner, ids.get(each.owner, "demo"))
        if each.is_restricted and each.owner not in circles:
            circles[each.owner] = circle_open(principal, name="Operation Synthetic / Operación Sintética")
        circle = circles[each.owner] if each.is_restricted else ""
        seizure_record(principal, values=each.values, visibility=Visibility(cap=each.cap, circle=circle))


def _pacts(ids: dict[str, str], today: date) -> None:
    for pact in PACTS:
        number = _draft(pact, ids, today)
        for agency in pact.parties:
            agreement_sign(replace(builder(agency, ids[agency]), name=f"Director {agency} (synthetic)"), number=number)
    waiting = Pact(
        title_en="El Paso Police and ATF: firearms recovered in the city",
        title_es="Policía de El Paso y ATF: armas recuperadas en la ciudad",
        parties=("PD-EP", "ATF"),
        clauses=(("PD-EP", "ATF", "seizure", Level.TEAR_LINE), ("ATF", "PD-EP", "seizure", Level.POINTER)),
    )
    number = _draft(waiting, ids, today)
    agreement_sign(builder("PD-EP", ids["PD-EP"]), number=number)


def _draft(pact: Pact, ids: dict[str, str], today: date) -> str:
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
        starts_on=today - timedelta(days=30),
        review_on=today + timedelta(days=335),
    )
    return agreement_draft(builder(pact.parties[0], ids[pact.parties[0]]), draft=draft)
