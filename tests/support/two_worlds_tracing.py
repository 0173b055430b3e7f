"""The guns, trace requests, traces, licensees and messages of the two worlds.

ATF runs the centre that everybody may ask; what it traces, its own people see. So what is hidden is asked of
FGR's centre, or of the one elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.exchange.exports import acknowledgement_file, record_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.services.peers import KeyValues, PeerValues, peer_put
from cotrace.files.imports.attaching import attachment_add
from cotrace.files.services.attachments import attachment_withdraw
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import Principal, installation_principal
from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing.exports.home_keys import CENTRE, EXCHANGE, home_signer
from cotrace.tracing.models import Inquiry, Trace, TraceSource
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.trace_view import KnownLicensee, Role
from cotrace.tracing.services.register import CentreValues, centre_put, licensee_put
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.requests import trace_submit
from cotrace.tracing.services.tracer import trace_answer, trace_take
from cotrace.tracing.subscribers import wake_inquiries
from tests.support.pictures import photograph
from tests.support.walk.things import Things
from tests.support.world import agent
from tests.unit.tracing.builders import DEALER, MAKER, WHOLESALER
from tests.usecases.exchange.letters import AGREEMENT, MX, US, letter, number
from tests.usecases.tracing.test_tracer_acts import SOLD, shipped_to
from tests.usecases.tracing.world import CALL_BACK, document, entry

ELSEWHERE = "NTC"
GONE = KnownLicensee(number="1-59-000-07-9A-00004", name="Bygone Works", role=Role.MAKER)
SECRET_MAKER = KnownLicensee(number="1-59-000-07-9A-00077", name="Secret Works", role=Role.MAKER)
SIGNERS = {
    code: Signer(private_key=Ed25519PrivateKey.from_private_bytes(bytes([place]) * 32))
    for place, code in enumerate((US, MX), start=1)
}


def gun(serial: str, **changes: object) -> FirearmValues:
    """Return a described pistol."""
    plain = FirearmValues(
        type_code="PI", make="Sierra Arms", model="S17", calibre="9MM", country_of_origin="US", serial=serial
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def visible_half(things: Things, reader: Callable[[str], Principal]) -> None:
    """Write guns, the centre's register, requests in every state, and messages elsewhere."""
    for key in (CENTRE, EXCHANGE):
        home_signer(key)
    _peers(things)
    for agency, is_default in (("ATF", True), ("FGR", False)):
        centre_put(
            installation_principal(), centre=CentreValues(agency=agency, call_back=CALL_BACK, is_default=is_default)
        )
    centre_put(
        installation_principal(), centre=CentreValues(agency=ELSEWHERE, call_back=CALL_BACK, installation=US)
    )
    _register(things, "ATF", {"maker": MAKER, "wholesaler": WHOLESALER, "dealer": DEALER}, "ATF")
    licensee_put(reader("ATF"), values=entry(GONE, is_open=False))
    things.add("licensee.gone", GONE.number, "ATF")
    _guns_seen(things, reader)
    _traces_seen(things, reader("ATF"))
    _messages_seen(things, reader)
    for each in things.of("trace"):
        last = Inquiry.objects.filter(trace_id=each.number).order_by("-hop").values_list("pk", flat=True).first()
        things.at_version(each.name, Trace.objects.get(pk=each.number).version, inquiry=last or "none")


def _peers(things: Things) -> None:
    for code, signer in SIGNERS.items():
        key = KeyValues(
            key=signer.public_key.text,
            valid_from_at=clock.now() - timedelta(days=10),
            valid_until_at=clock.now() + timedelta(days=700),
        )
        values = PeerValues(code=code, name=f"Installation {code}", agreement=AGREEMENT, keys=(key,))
        peer_put(installation_principal(), values=values)
        things.add(f"peer.{code}", code, "ATF", "PD-EP", "FGE-SON")


def _register(things: Things, agency: str, licensees: dict[str, KnownLicensee], *seen_by: str) -> None:
    for name, each in licensees.items():
        licensee_put(agent(agency), values=entry(each))
        things.add(f"licensee.{name}", each.number, *seen_by)


def _guns_seen(things: Things, reader: Callable[[str], Principal]) -> None:
    for name, exhibit in (("own", "1"), ("second", "2")):
        described = firearm_describe(
            agent("FGE-SON"), seizure=things["seizure.own"].number, values=gun(f"F-{exhibit}", exhibit_number=exhibit)
        )
        things.add(f"firearm.{name}", described, "FGE-SON", "ATF")
    restricted = things["seizure.circle"].number
    described = firearm_describe(reader("FGE-SON"), seizure=restricted, values=gun("F-3"))
    things.add("firearm.circle", described, "FGE-SON")
    described = firearm_describe(agent("FGR"), seizure=things["seizure.pointer"].number, values=gun("F-4"))
    things.add("firearm.pointer", described, "ATF")
    _attachments_seen(things, reader("FGE-SON"))


def _attachments_seen(things: Things, owner: Principal) -> None:
    """Write photographs of the guns of FGE-SON, one of them withdrawn: its partner sees too little for any."""
    for name, on, kind in (
        ("own", "own", "serial"), ("second", "own", "whole"), ("withdrawn", "own", "model"), ("circle", "circle", "serial"),
    ):  # fmt: skip
        things.add(f"attachment.{name}", attached(owner, things[f"firearm.{on}"].number, f"{name}-1", kind), "FGE-SON")
    attachment_withdraw(owner, number=things["attachment.withdrawn"].number, reason="Shows another gun")


def attached(who: Principal, gun: str, text: str, kind: str = "serial") -> str:
    """Attach a photograph of a mark to a gun; return its number."""
    return attachment_add(who, record=gun, kind=kind, caption=f"Mark {text}", content=photograph(text))


def submitted(who: Principal, serial: str, *, centre: str = "", make: str = "Sierra Arms", **changes: object) -> str:
    """Submit a request for a gun and let the centre take it in; return its number."""
    asked = document(serial, **changes)
    asked = replace(asked, gun=replace(asked.gun, make=make))
    made = trace_submit(who, document=asked, centre=centre)
    outbox.drain()
    return made


def trace_of(request: str) -> str:
    """Return the number of the trace that answers a request."""
    return TraceSource.objects.get(request=request).trace_id


def answered(who: Principal, trace: str, *answers: dict[str, object]) -> None:
    """Take a trace and enter what its licensees said, one after the other."""
    trace_take(who, number=trace)
    for each in answers:
        version = Trace.objects.get(pk=trace).version
        trace_answer(who, number=trace, version=version, answer=each)  # type: ignore[arg-type]


CHAIN = (shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10"), SOLD)


def _traces_seen(things: Things, tracer: Principal) -> None:
    """Write a trace in each state that an act needs, all of FGE-SON's requests at ATF's centre."""
    asking = agent("FGE-SON")
    with clock.frozen_at(clock.now() - timedelta(hours=25)):
        _traced(things, "failed", submitted(asking, "ABC-1003"))
        trace_take(tracer, number=things["trace.failed"].number)
    wake_inquiries()
    _traced(things, "asked", submitted(asking, "ABC-1001"))
    trace_take(tracer, number=things["trace.asked"].number)
    _traced(things, "waiting", submitted(asking, "ABC-1002", make="Nowhere Works"))
    trace_take(tracer, number=things["trace.waiting"].number)
    _traced(things, "closed", submitted(asking, "ABC-1007", make="Bygone Works"))
    trace_take(tracer, number=things["trace.closed"].number)
    for name, serial in (("done", "ABC-1004"), ("released", "ABC-1005")):
        _traced(things, name, submitted(asking, serial))
        answered(agent("ATF", name="second"), things[f"trace.{name}"].number, *CHAIN)
    _traced(things, "answered", submitted(asking, "ABC-1008"))
    answered(tracer, things["trace.answered"].number, CHAIN[0])
    _traced(things, "free", submitted(asking, "ABC-1006"))
    version = Trace.objects.get(pk=things["trace.released"].number).version
    trace_release(tracer, number=things["trace.released"].number, version=version)
    outbox.drain()


def _traced(things: Things, name: str, request: str) -> None:
    things.add(f"trace_request.{name}", request, "FGE-SON", "ATF")
    things.add(f"trace.{name}", trace_of(request), "ATF")


def _messages_seen(things: Things, reader: Callable[[str], Principal]) -> None:
    for name, serial in (("away", "ABC-1010"), ("sent", "ABC-1011")):
        asked = submitted(agent("FGE-SON"), serial, centre=ELSEWHERE)
        things.add(f"trace_request.{name}", asked, "FGE-SON", "ATF")
    record_file(reader("FGE-SON"), number=things["trace_request.sent"].number)
    file_import(reader("ATF"), content=letter(SIGNERS[MX]))
    outbox.drain()
    taken = message_id(number("TR", "MX1"), sending=1)
    things.add("message.taken", taken, "ATF")
    things.add("trace.foreign", TraceSource.objects.get(message=taken).trace_id, "ATF")


def hidden_half(things: Things) -> None:
    """Write guns, requests, traces, licensees and messages that no reader may learn of."""
    insider, fgr, ice = agent("FGE-SON", name="insider"), agent("FGR"), agent("ICE")
    for name, who, parent in (
        ("inside", insider, "seizure.inside0"), ("capped", fgr, "seizure.capped0"), ("foreign", ice, "seizure.foreign0"),
    ):  # fmt: skip
        described = firearm_describe(who, seizure=things[parent].number, values=gun("F-1"))
        things.add(f"firearm.{name}", described)
        things.add(f"attachment.{name}", attached(who, described, f"SECRET-{name}"))
    # its gun is seen by others as a pointer: not even that there is a photograph is theirs to know
    things.add("attachment.pointer", attached(fgr, things["firearm.pointer"].number, "SECRET-pointer"))
    _register(things, "FGR", {"secret": SECRET_MAKER})
    for each in (WHOLESALER, DEALER):
        licensee_put(fgr, values=entry(each, name=f"{each.name} as FGR knows it"))
    inside = things["seizure.inside0"].number
    for name, who, serial, changes in (
        ("inside", insider, "ABC-1001", {"seizure_number": inside}), ("ice", ice, "ABC-1002", {}),
        ("fgr", fgr, "ABC-1003", {}),
    ):  # fmt: skip
        asked = submitted(who, serial, centre="FGR", make="Secret Works", **changes)
        things.add(f"trace_request.secret_{name}", asked)
        things.add(f"trace.secret_{name}", trace_of(asked))
    done = things["trace.secret_ice"].number
    answered(fgr, done, *CHAIN)
    trace_release(agent("FGR", name="second"), number=done, version=Trace.objects.get(pk=done).version)
    outbox.drain()
    _messages_hidden(things, fgr)


def _messages_hidden(things: Things, fgr: Principal) -> None:
    """Write what another agency sends and takes over the same links."""
    for name, serial in (("waits", "ABC-1020"), ("went", "ABC-1021")):
        asked = submitted(fgr, serial, centre=ELSEWHERE)
        things.add(f"trace_request.secret_{name}", asked)
    record_file(fgr, number=things["trace_request.secret_went"].number)
    secret = message_id(number("TR", "MX1", "7F7K9Q2MXT3"), sending=1)
    file_import(fgr, content=letter(SIGNERS[MX], message_id=secret, sequence=2))
    things.add("message.secret", secret)
    acknowledgement_file(fgr, message=secret)
    outbox.drain()
