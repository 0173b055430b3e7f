"""The same world twice: everything a reader may see, and, in one of them, everything it may not.

The hidden half is written after the visible one, from id streams of its own, so that nothing but a leak can
make two answers differ. Both halves hold every kind of record: two_worlds_tracing.py has guns, traces, messages.
"""

import uuid
from datetime import date, timedelta
from functools import cache

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.models import Member, MemberRole, Role, RolePermission
from cotrace.agencies.selectors import principal_of_member
from cotrace.agencies.services.roles import roles_load
from cotrace.audit.models import RoundHandover
from cotrace.audit.services.heads import heads_sign_when_due
from cotrace.audit.services.sealing import seal_once
from cotrace.files.rules.words import Reason
from cotrace.foundation import clock, outbox
from cotrace.foundation.ids import seeded_ids
from cotrace.foundation.models import OutboxDelivery
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, Principal, installation_principal
from cotrace.notices.models import Notice
from cotrace.reference.imports import reference_load
from cotrace.seizures.imports import log_try
from cotrace.seizures.reads import ProblemRead
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.services.imports import StagedFile, StagedRow, import_start
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.seizures.services.uploads import NewUpload
from cotrace.sharing.rules.agreements import AgreementAct, Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_change, agreement_draft
from cotrace.sharing.services.circles import circle_add, circle_open, emergency_open
from tests.support import two_worlds_tracing as tracing
from tests.support.noninterference import seeded_secrets
from tests.support.walk.things import Things
from tests.support.world import PURPOSE, agencies_exist, agent, memorandum

READERS = {
    "ATF": "11111111-1111-4111-8111-111111111111",
    "PD-EP": "22222222-2222-4222-8222-222222222222",
    "FGE-SON": "33333333-3333-4333-8333-333333333333",
}
"""The widest readers, who hold every permission: a partner under memoranda that also runs a tracing centre,
a stranger, and a colleague outside the circles of others."""

OWNER = ("FGR", "44444444-4444-4444-8444-444444444444")
"""A widest reader who may see much of the hidden half: whom the walk must fail."""

_NAMES = uuid.UUID("5d0c6a52-0000-4000-8000-000000000000")
LOG = b"Folio,Fecha,Clave de entidad\nT-1,2026-01-02,26\nT-2,2026-01-99,26\n"


@cache
def role_sets() -> dict[str, frozenset[str]]:
    """Return each distinct set of permissions that a shipped role gives, under the first role that gives it."""
    found: dict[frozenset[str], str] = {}
    for line in shipped_roles():
        found.setdefault(frozenset(line.permissions), line.code)
    return {name: held for held, name in found.items() if held}


def reader_id(agency: str, role: str) -> str:
    """Return the id of the reader of an agency who holds one role; the same in both worlds."""
    if role == "everything":
        return {**READERS, OWNER[0]: OWNER[1]}[agency]
    return str(uuid.uuid5(_NAMES, f"{agency}:{role}"))


def reader(agency: str) -> Principal:
    """Return the widest reader of an agency, for building."""
    found = principal_of_member(Member.objects.get(pk=READERS[agency]), door=Door.TEST)
    assert found is not None
    return found


def values(day: int, **changes: object) -> SeizureValues:
    """Return a seizure on a day of January 2026."""
    given: dict[str, object] = {
        "occurred_on": date(2026, 1, day),
        "state_code": "26",
        "municipio_code": "26043",
        "place": f"Carretera federal 2, km {day}",
        "participants": ("MX-SEDENA",),
        "amounts": {item: Amount(quantity=day) for item in ITEMS},
        "detained": Amount(quantity=None, reason=Reason.BLANK),
        "notes": "synthetic",
        "tear_line": f"Tear-line of day {day}",
    }
    return SeizureValues(**(given | changes))  # type: ignore[arg-type]


def readers_exist() -> None:
    """Write the readers with ids that are the same in both worlds."""
    roles_load(installation_principal(), lines=shipped_roles())
    role = Role.objects.create(code="everything", label_en="Everything", label_es="Todo")
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=each) for each in sorted(declared_permissions())
    )
    for agency, pk in (*READERS.items(), OWNER):
        member_exists(pk, agency, f"{agency} reader", "everything")
    for agency in READERS:
        for name in role_sets():
            member_exists(reader_id(agency, name), agency, f"{agency} {name}", name)


def member_exists(pk: str, agency: str, name: str, role: str, **changes: object) -> str:
    """Write a member with one role."""
    email = f"{name.replace(' ', '.').lower()}@{agency.lower()}.example"
    row = Member.objects.create(id=pk, email=email, name=name, agency_id=agency, **changes)
    MemberRole.objects.create(member=row, role_id=role, given_by="tests")
    return pk


def visible_half(things: Things) -> None:
    """Write what the readers may see, each at its level."""
    agencies_exist()
    reference_load(installation_principal())
    things.add("code_table.calibres", "ncic_calibre", *READERS)
    readers_exist()
    _people_seen(things)
    for name, day in (("own", 3), ("bare", 9), ("late", 21)):
        things.add(f"seizure.{name}", seizure_record(agent("FGE-SON"), values=values(day)), "FGE-SON", "ATF")
    for name, day in (("pointer", 5), ("pointer2", 6)):
        things.add(f"seizure.{name}", seizure_record(agent("FGR"), values=values(day)), "ATF")
    abroad = values(12, state_code="", municipio_code="", participants=())
    things.add("seizure.abroad", seizure_record(agent("ATF"), values=abroad), "ATF")
    _memoranda_seen(things)
    _circles_seen(things)
    _imports_seen(things)
    outbox.drain()
    tracing.visible_half(things, reader)
    outbox.drain()
    _rounds_seen(things)
    notice = Notice.objects.filter(recipient=READERS["FGE-SON"]).order_by("pk").first()
    assert notice is not None
    things.add("notice.own", notice.pk, "FGE-SON")


def _rounds_seen(things: Things) -> None:
    """Seal what there is and hand the agencies a round, before anything is hidden."""
    while seal_once():
        pass
    assert heads_sign_when_due() == 1
    things.add("round.handed", RoundHandover.objects.get().pk, *READERS)
    outbox.drain()


def _people_seen(things: Things) -> None:
    for name, changes in (("colleague", {}), ("closed", {"is_active": False})):
        pk = member_exists(reader_id("FGE-SON", name), "FGE-SON", name, "recorder", **changes)
        things.add(f"member.{name}", pk, "FGE-SON")
    for agency, pk in READERS.items():
        things.add(f"member.{agency}", pk, agency)


def _memoranda_seen(things: Things) -> None:
    shown = {"seizure": Level.TEAR_LINE, "firearm": Level.TEAR_LINE, "trace_request": Level.TEAR_LINE}
    for category, level in shown.items():
        number = memorandum(owner="FGE-SON", viewer="ATF", category=category, level=level)
        things.add(f"agreement.{category}", number, "FGE-SON", "ATF")
    for category in ("seizure", "firearm"):
        number = memorandum(owner="FGR", viewer="ATF", category=category, level=Level.POINTER)
        things.add(f"agreement.{category}_pointer", number, "ATF")
    number = memorandum(owner="FGE-SON", viewer="ATF", category="trace", level=Level.POINTER)
    agreement_change(reader("FGE-SON"), number=number, act=AgreementAct.SUSPEND)
    things.add("agreement.suspended", number, "FGE-SON", "ATF")
    draft = AgreementDraft(
        title_en="Three of us", title_es="Nosotros tres", legal_basis="synthetic", purposes=(PURPOSE,),
        parties=("FGE-SON", "ATF", "PD-EP"),
        clauses=(Clause(owner="FGE-SON", viewer="PD-EP", category="seizure", level=Level.FULL),),
        starts_on=date(2026, 1, 1), review_on=date(2027, 1, 1),
    )  # fmt: skip
    things.add("agreement.draft", agreement_draft(agent("FGE-SON"), draft=draft), *READERS)


def _circles_seen(things: Things) -> None:
    circle = things.add("circle.own", circle_open(reader("FGE-SON"), name="Operación propia"), "FGE-SON")
    companion = member_exists(reader_id("FGE-SON", "companion"), "FGE-SON", "companion", "recorder")
    things.add("member.companion", companion, "FGE-SON")
    circle_add(reader("FGE-SON"), circle=circle, member=companion, level=Level.TEAR_LINE)
    restricted = seizure_record(reader("FGE-SON"), values=values(18), visibility=Visibility(circle=circle))
    things.add("seizure.circle", restricted, "FGE-SON")
    with clock.frozen_at(clock.now() - timedelta(days=2)):
        watch = agent("FGE-SON", name="watch")
        number = emergency_open(watch, reason="A colleague was shot at near Caborca", minutes=30)
    things.add("emergency.past", number, "FGE-SON")


def _staged(source: str, day: int) -> StagedFile:
    problem = ProblemRead(row=3, column="Fecha", code="not_a_day", excerpt="2026-01-99", level="error", table="")
    return StagedFile(
        file_name=f"{source}.xlsx", file_sha256="0" * 64, mapping="cide-ppd", rows=2, rejected=1,
        accepted=[StagedRow(number=2, values=values(day, source_system="x", source_ref=source))],
        problems=(problem,), totals={"not_a_day": 1},
    )  # fmt: skip


def _imports_seen(things: Things) -> None:
    principal = reader("FGE-SON")
    things.add("import.own", import_start(principal, staged=_staged("propio", 14)), "FGE-SON")
    upload = NewUpload(mapping="cotrace-seizures", series="", file_name="propio.csv", parts={"": [LOG]})
    things.add("trial.own", log_try(principal, upload=upload), "FGE-SON")


def hidden_half(things: Things) -> None:
    """Write, from id streams of its own, what none of the readers may learn of."""
    for agency in ("ICE", "FGR"):
        pk = member_exists(reader_id(agency, "secret"), agency, f"{agency} secret", "everything")
        things.add(f"member.{agency}", pk)
    for at, day in enumerate((4, 10, 20)):
        capped = Visibility(cap=Level.NOTHING)
        things.add(f"seizure.capped{at}", seizure_record(agent("FGR"), values=values(day), visibility=capped))
        things.add(f"seizure.foreign{at}", seizure_record(agent("ICE"), values=values(day)))
    insider = agent("FGE-SON", name="insider")
    circle = things.add("circle.secret", circle_open(insider, name="Operación reservada"))
    for at, day in enumerate((3, 9)):
        inside = Visibility(circle=circle)
        things.add(f"seizure.inside{at}", seizure_record(insider, values=values(day), visibility=inside))
    for category in ("seizure", "firearm", "trace_request"):
        number = memorandum(owner="ICE", viewer="FGR", category=category, level=Level.FULL)
        things.add(f"agreement.secret_{category}", number)
    starter = principal_of_member(Member.objects.get(pk=things["member.ICE"].number), door=Door.TEST)
    assert starter is not None
    things.add("import.secret", import_start(starter, staged=_staged("secreto", 15)))
    upload = NewUpload(mapping="cotrace-seizures", series="", file_name="secreto.csv", parts={"": [LOG]})
    things.add("trial.secret", log_try(agent("ICE"), upload=upload))
    reason = "An informant of ours is in danger tonight"
    things.add("emergency.secret", emergency_open(agent("FGR", name="watch"), reason=reason, minutes=30))
    outbox.drain()
    tracing.hidden_half(things)
    outbox.drain()
    failed = OutboxDelivery.objects.exclude(state="done")
    assert not failed, [(each.handler, each.error_code) for each in failed]
    theirs = Notice.objects.filter(recipient=things["member.FGR"].number).order_by("pk").first()
    assert theirs is not None
    things.add("notice.secret", theirs.pk)


def build(*, with_hidden: bool) -> Things:
    """Write one of the two worlds into an empty database; return what there is."""
    things = Things()
    with seeded_ids("world"), seeded_secrets("world"):
        visible_half(things)
    if with_hidden:
        with seeded_ids("hidden"), seeded_secrets("hidden"):
            hidden_half(things)
    Member.objects.update(last_login=None, joined_at=clock.now())
    return things
