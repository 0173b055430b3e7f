"""The changing requests of the JSON door."""

from cotrace.foundation import clock
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.request_document import request_to_json
from tests.support.pictures import photograph
from tests.support.two_worlds import reader_id
from tests.support.two_worlds_tracing import ELSEWHERE, SIGNERS
from tests.support.walk.acts import NOON, Act, Build, says
from tests.unit.tracing.builders import WHOLESALER
from tests.usecases.exchange.letters import MX, letter, number
from tests.usecases.tracing.test_tracer_acts import shipped_to
from tests.usecases.tracing.world import document

GOOD_LOG = b"Folio,Fecha,Clave de entidad,Armas largas\nW-1,2026-01-02,26,3\n"
PHOTOGRAPH = ("file", "new.jpg", photograph("NEW"))
MAPPING = says(mapping="cotrace-seizures")
GUN = {"type_code": "PI", "make": "Sierra Arms", "model": "S17", "calibre": "9MM", "country_of_origin": "US"}
REST = {"agency": {"case_number": "FED/SON/118"}, "crime_code": "5217", "is_criminal_investigation": True}
COMPANION = reader_id("FGE-SON", "companion")
"""A colleague who is in the reader's own circle."""
GROUND = "Sealed by order of the court"
REASON = "Its owner is a suspect."

DRAFT = {
    "title_en": "x", "title_es": "x", "purposes": ["criminal_investigation"], "parties": ["FGE-SON", "ICE"],
    "clauses": [{"owner": "FGE-SON", "viewer": "ICE", "category": "seizure", "level": "FULL"}],
    "starts_on": "2026-03-01", "review_on": "2027-03-01",
}  # fmt: skip


def versioned(**fields: object) -> Build:
    """Return what is said with the version of the object it is about."""
    return lambda on, _named: {"version": on.version, **fields}


def letter_in_walk() -> tuple[str, str, bytes]:
    """Return a file of another installation, which nobody took yet, as a form takes it."""
    fresh = message_id(number("TR", "MX1", "9F7K9Q2MXT3"), sending=1)
    with clock.frozen_at(NOON):
        return "file", "message.cotrace.json", letter(SIGNERS[MX], message_id=fresh, sequence=9)


def seizure_acts() -> list[Act]:
    """Return the acts on seizures, their imports and guns."""
    log = ("file", "log.csv", GOOD_LOG)
    return [
        Act(route="api:seizure_list", outcome=201, json=says(occurred_on="2026-02-01", state_code="26")),
        Act(
            route="api:seizure_list", outcome=201,
            json=says(occurred_on="2026-02-01", participants=["MX-SEDENA"], place="same place"),
        ),
        Act(
            route="api:seizure", method="PUT", on="seizure.own", outcome=204,
            json=says(occurred_on="2026-02-02", place="elsewhere"),
        ),
        Act(
            route="api:seizure_visibility", method="PUT", on="seizure.own", outcome=204, json=says(cap="NOTHING"),
        ),
        Act(
            route="api:seizure_visibility", method="PUT", on="seizure.own", refers="circle.own", outcome=204,
            json=lambda _on, named: {"cap": "FULL", "circle": named},
        ),
        Act(route="api:seizure_imports", outcome=202, form=MAPPING, file=log),
        Act(route="api:seizure_dry_run", outcome=200, form=MAPPING, file=log),
        Act(
            route="api:firearm_list", outcome=201, refers="seizure.own",
            json=lambda _on, named: {"seizure": named, "serial": "NEW-1", **GUN},
        ),
        Act(
            route="api:firearm_list", outcome="firearm_incomplete", refers="seizure.own",
            json=lambda _on, named: {"seizure": named, "serial": "NEW-1", "exhibit_number": "1", **GUN},
        ),
        Act(
            route="api:firearm", method="PUT", on="firearm.own", outcome=204,
            json=says(serial="F-9", exhibit_number="1", **GUN),
        ),
    ]  # fmt: skip


def attachment_acts() -> list[Act]:
    """Return the acts on the attachments of guns."""
    on = {"on": "attachment.own"}
    return [
        Act(
            route="api:attachment_list", outcome=201, refers="firearm.own", file=PHOTOGRAPH,
            form=lambda _on, named: {"record": named, "kind": "make"},
        ),
        Act(route="api:attachment_original", **on, outcome=200),
        Act(route="api:attachment_withdraw", **on, outcome=204, json=says(reason="Blurred")),
        Act(
            route="api:attachment_withdraw", **on, outcome=204, refers="attachment.second",
            json=lambda _on, named: {"reason": "Blurred", "superseded_by": named},
        ),
        Act(
            route="api:attachment_withdraw", on="attachment.withdrawn", outcome="attachment_withdrawn_already",
            json=says(reason="Blurred"),
        ),
    ]  # fmt: skip


def sharing_acts() -> list[Act]:
    """Return the acts on memoranda, circles and notices, and the end of one's own token."""
    state = {"route": "api:agreement_state", "on": "agreement.seizure", "outcome": 200}
    return [
        Act(route="api:agreement_list", outcome=201, json=says(**DRAFT)),
        Act(route="api:agreement_sign", on="agreement.draft", outcome=200, json=says()),
        Act(**state, json=says(act="suspend")),
        Act(**state, json=says(act="end")),
        Act(**{**state, "on": "agreement.suspended"}, json=says(act="resume")),
        Act(route="api:circle_list", outcome=201, json=says(name="Operación nueva")),
        Act(
            route="api:circle_members", on="circle.own", refers="member.colleague", outcome=204,
            json=lambda _on, named: {"member": named, "level": "TEAR_LINE"},
        ),
        Act(
            route="api:circle_member", method="DELETE", on="circle.own", outcome=204,
            further=(("member", COMPANION),),
        ),
        Act(route="api:notice_acknowledge", on="notice.own", outcome=204),
        Act(route="api:me_token", method="DELETE", outcome=204),
    ]


def request_acts() -> list[Act]:
    """Return the acts of an agency that asks for traces, and of one that exchanges files."""
    plain = request_to_json(document("WALK-1"))
    return [
        Act(route="api:trace_list", outcome=201, json=says(**plain)),
        Act(route="api:trace_list", outcome=201, json=says(**plain), query=says(centre="FGR")),
        Act(
            route="api:trace_list", outcome=201, refers="seizure.own",
            json=lambda _on, named: {**plain, "seizure_number": named},
        ),
        Act(
            route="api:trace_list", outcome="trace_submitted_already",
            json=says(**request_to_json(document("ABC-1001"))),
        ),
        Act(route="api:trace_from_firearm", on="firearm.own", outcome=201, json=says(**REST)),
        Act(route="api:exchange_export", on="trace_request.away", outcome=200),
        Act(route="api:exchange_export", on="trace_request.sent", outcome=200, query=says(again="true")),
        Act(route="api:exchange_export", on="trace_request.done", outcome="exchange_stays_here"),
        Act(route="api:exchange_acknowledge", by="ATF", on="message.taken", outcome=200),
        Act(route="api:exchange_import", by="ATF", outcome=200, file=letter_in_walk()),
        Act(
            route="api:trace_list", outcome=201, json=says(**plain), query=says(centre=ELSEWHERE),
        ),
    ]  # fmt: skip


def centre_acts() -> list[Act]:
    """Return the acts of the people of a tracing centre."""

    def act(name: str, on: str, outcome: int | str = 204, **fields: object) -> Act:
        return Act(route=f"api:centre_{name}", by="ATF", on=f"trace.{on}", outcome=outcome, **fields)  # type: ignore[arg-type]

    answer = shipped_to(WHOLESALER)
    licensee = {"name": "Sierra Arms", "role": "maker", "names": ["Sierra"], "version": 1}
    return [
        act("take", "free"),
        act("leave", "asked"),
        act("accept", "closed", json=versioned(note="Looked into its books.")),
        act("accept", "waiting", "trace_wait_not_acceptable", json=versioned(note="Looked into its books.")),
        act("continue", "waiting", json=versioned()),
        Act(
            route="api:centre_start", by="ATF", on="trace.waiting", refers="licensee.maker", outcome=204,
            json=lambda on, named: {"version": on.version, "licensee": named},
        ),
        act("answer", "asked", json=says(**answer), query=versioned()),
        act(
            "correct", "answered", json=says(note="Read out wrongly.", answer=answer), query=versioned(step=1),
        ),
        act("ask_again", "failed", json=versioned()),
        act("conclude", "waiting", json=versioned(outcome="I1")),
        act("hold", "asked", json=versioned(is_held=True)),
        act("hold", "asked", json=versioned(is_held=False)),
        act("release", "done", json=versioned()),
        act("withhold", "done", json=versioned(ground=GROUND)),
        act("purchaser", "done", 200),
        Act(
            route="api:centre_licensee", method="PUT", by="ATF", on="licensee.maker", outcome=204,
            json=says(**licensee),
        ),
        Act(
            route="api:centre_licensee_hold", method="PUT", by="ATF", on="licensee.maker", outcome=204,
            json=says(is_held=True, hold_reason=REASON),
        ),
    ]  # fmt: skip


def json_acts() -> list[Act]:
    """Return every act of the JSON door."""
    return [*seizure_acts(), *attachment_acts(), *sharing_acts(), *request_acts(), *centre_acts()]
