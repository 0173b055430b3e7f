"""Writing the synthetic world through the same services that people use: no door is special."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.services import NewAgency, agency_add, roles_load
from cotrace.demo.agenda import Entry, carry_out
from cotrace.demo.centres import centres_written
from cotrace.demo.licensees import register_written
from cotrace.demo.memoranda import PACTS, WAITING, pact_signed
from cotrace.demo.people import DATA, Cast, CastMember, cast_written, demo_password, read_cast
from cotrace.demo.rules.findings import described_guns
from cotrace.demo.rules.seizures import SyntheticSeizure, synthetic_seizures
from cotrace.demo.rules.stories import TracingStory
from cotrace.demo.traces import SUPERVISOR, Telling
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.services.circles import circle_open

AGE = timedelta(days=45)
"""How long the world's agencies have been at work when it is built."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPlan:
    """What is to be written. `ports` say where the licensees' connectors listen, by the licensee's key."""

    seed: int
    seizures: int
    story: TracingStory
    now: datetime
    home: Path
    ports: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWorld:
    """What was built: the cast, the password that all of it shares, and the gun left to whoever tries the demo."""

    cast: tuple[CastMember, ...]
    password: str
    open_seizure: str
    open_gun: FirearmValues
    open_to: str
    released_by: str


def build_world(plan: WorldPlan, *, say: Say) -> DemoWorld:
    """Write the synthetic world into an empty database; the same seed and moment write the same world."""
    password = demo_password(plan.seed)
    members = read_cast()
    with clock.frozen_at(plan.now - AGE):
        _agencies_and_roles(say)
        cast = cast_written(members, password=password)
        say(_("%(count)s sign-ins") % {"count": len(members)})
        centres_written(plan.home)
        entered = register_written(cast.principal(SUPERVISOR), home=plan.home, ports=plan.ports)
        say(_("a tracing centre with %(count)s licensees, half of them asked by telephone") % {"count": entered})
    telling = Telling(cast)
    carry_out([*_pacts(plan, cast), *_seizures(plan, cast), *telling.entries(plan.story)])
    outbox.drain()
    say(_("%(count)s seizures") % {"count": plan.seizures + len(plan.story.stories) + 1})
    say(_("%(count)s trace requests") % {"count": len(telling.requests)})
    say(_("%(count)s memoranda in force, one waiting for a signature") % {"count": len(PACTS)})
    return DemoWorld(
        cast=members,
        password=password,
        open_seizure=telling.open_seizure,
        open_gun=plan.story.open_gun.gun,
        open_to=plan.story.open_gun.by,
        released_by=SUPERVISOR,
    )


def _liaison(row: dict[str, str]) -> str:
    """Return the name of an agency's liaison desk, as its own people would call it."""
    code = row["code"]
    return f"Oficina de enlace {code} (sintética)" if row["country"] == "MX" else f"Liaison desk {code} (synthetic)"


def _agencies_and_roles(say: Say) -> None:
    operator = installation_principal()
    changed = reference_load(operator)
    say(_("%(count)s code tables") % {"count": len(changed)})
    roles_load(operator, lines=shipped_roles())
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as source:
        agencies = list(csv.DictReader(source))
    for row in agencies:
        domain = f"{row['code'].lower()}.example"
        new = NewAgency(
            code=row["code"],
            name_en=row["name_en"],
            name_es=row["name_es"],
            country=row["country"],
            liaison_name=_liaison(row),
            liaison_phone=row["liaison_phone"],
            liaison_email=f"liaison@{domain}",
            domains=(domain,),
        )
        agency_add(operator, new=new)
    say(_("%(count)s agencies") % {"count": len(agencies)})


def _pacts(plan: WorldPlan, cast: Cast) -> Iterator[Entry]:
    at = plan.now - AGE + timedelta(hours=1)
    for pact in PACTS:
        yield Entry(at=at, act=partial(pact_signed, cast, pact, by=pact.parties))
    yield Entry(at=plan.now - timedelta(days=1), act=partial(pact_signed, cast, WAITING, by=WAITING.parties[:1]))


def _seizures(plan: WorldPlan, cast: Cast) -> Iterator[Entry]:
    """Yield each seizure a day after it happened; those from before the world began, at its beginning."""
    drawn = synthetic_seizures(plan.seed, count=plan.seizures, today=plan.now.date())
    guns = described_guns(plan.seed, seizures=drawn)
    circles: dict[str, str] = {}
    for place, each in enumerate(drawn):
        recorded_at = each.recorded_at(earliest=plan.now - AGE + timedelta(hours=2), latest=plan.now)
        yield Entry(at=recorded_at, act=partial(_record, cast, circles, each, guns.get(place, ())))


def _record(cast: Cast, circles: dict[str, str], each: SyntheticSeizure, guns: tuple[FirearmValues, ...]) -> None:
    who = cast.builder(each.owner)
    if each.is_restricted and each.owner not in circles:
        circles[each.owner] = circle_open(who, name="Operation Synthetic / Operación Sintética")
    circle = circles[each.owner] if each.is_restricted else ""
    number = seizure_record(who, values=each.values, visibility=Visibility(cap=each.cap, circle=circle))
    for gun in guns:
        firearm_describe(who, seizure=number, values=gun)
