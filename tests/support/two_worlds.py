"""The same world twice: everything a reader may see, and, in one of them, everything it may not."""

from datetime import date

from django.db import transaction

from cotrace.agencies.models import Member, MemberRole, Role, RolePermission
from cotrace.files.rules.words import Reason
from cotrace.foundation import outbox
from cotrace.foundation.ids import seeded_ids
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import installation_principal
from cotrace.notices.models import Notice
from cotrace.reference.imports import reference_load
from cotrace.seizures.models import SeizureImport
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.services.imports import StagedFile, StagedRow, import_start
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.models import Agreement, Circle, Holding
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open
from tests.support.world import agencies_exist, agent, memorandum

READERS = {
    "ATF": "11111111-1111-4111-8111-111111111111",
    "PD-EP": "22222222-2222-4222-8222-222222222222",
    "FGE-SON": "33333333-3333-4333-8333-333333333333",
}
"""A partner under memoranda, a stranger, and a colleague outside the circle."""


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
    role = Role.objects.create(code="everything", label_en="Everything", label_es="Todo")
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=each) for each in sorted(declared_permissions())
    )
    for agency, pk in READERS.items():
        row = Member.objects.create(id=pk, email=f"reader@{agency.lower()}.example", name=f"{agency} reader", agency_id=agency)
        MemberRole.objects.create(member=row, role=role, given_by="tests")


def visible_half() -> None:
    """Write what the readers may see, each at its level."""
    agencies_exist()
    reference_load(installation_principal())
    readers_exist()
    for day in (3, 9, 21):
        seizure_record(agent("FGE-SON"), values=values(day))
    for day in (5, 6):
        seizure_record(agent("FGR"), values=values(day))
    seizure_record(agent("ATF"), values=values(12, state_code="", municipio_code="", participants=()))
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.POINTER)


def hidden_half() -> None:
    """Write, from id streams of its own, what none of the readers may learn of."""
    with seeded_ids("hidden"):
        for day in (4, 10, 20):
            seizure_record(agent("FGR"), values=values(day), visibility=Visibility(cap=Level.NOTHING))
            seizure_record(agent("ICE"), values=values(day))
        circle = circle_open(agent("FGE-SON", name="insider"), name="Operación reservada")
        for day in (3, 9):
            insider = agent("FGE-SON", name="insider")
            seizure_record(insider, values=values(day), visibility=Visibility(circle=circle))
        memorandum(owner="ICE", viewer="FGR", category="seizure", level=Level.FULL)
        row = StagedRow(number=2, values=values(15, source_system="x", source_ref="1"))
        file = StagedFile(
            file_name="secreto.xlsx", file_sha256="0" * 64, mapping="cide-ppd", rows=1, rejected=0,
            accepted=[row], problems=(), totals={},
        )
        import_start(agent("ICE"), staged=file)
        outbox.drain()


def build(*, with_hidden: bool) -> None:
    """Write one of the two worlds into an empty database."""
    with seeded_ids("world"):
        visible_half()
        outbox.drain()
    if with_hidden:
        hidden_half()


def known_numbers() -> list[str]:
    """Return the number of every record of every kind in the database in use."""
    kinds = (Holding, Agreement, Circle, Notice, SeizureImport)
    with transaction.atomic():
        return sorted(str(pk) for kind in kinds for pk in kind.objects.values_list("pk", flat=True))
