"""The forms of the pages of guns and traces."""

from tests.support.walk.acts import Act, Build, says
from tests.support.walk.acts_json import GROUND, REASON
from tests.unit.tracing.builders import MAKER, WHOLESALER

GUN = {
    "type_code": "PI", "make": "Sierra Arms", "model": "S17", "calibre": "9MM", "country_of_origin": "US",
    "serial_condition": "read", "importer_mark": "not_examined", "codes_for": "Sierra Arms",
}  # fmt: skip
REST = {
    "agency_case_number": "FED/SON/118", "crime_code": "5217", "is_criminal_investigation": "on",
    "priority": "routine", "centre": "ATF",
}  # fmt: skip
ENTRY = {"role": "maker", "names": "Sierra", "reach": "public", "is_open": "on"}


def versioned(**fields: object) -> Build:
    """Return a form with the version of the trace it is about."""
    return lambda on, _named: {"version": str(on.version), **fields}


def firearm_acts() -> list[Act]:
    """Return the forms of guns."""
    return [
        Act(route="firearms:describe", on="seizure.own", outcome=302, form=says(serial="NEW-1", **GUN)),
        Act(
            route="firearms:correct", on="firearm.own", outcome=302,
            form=says(serial="F-9", exhibit_number="1", **GUN),
        ),
        Act(route="tracing:submit", on="firearm.own", outcome=302, form=says(**REST)),
    ]  # fmt: skip


def _answered(on, _named: str) -> dict[str, str]:
    return {
        "version": str(on.version), "inquiry": on.inquiry or "none", "detail__shipped_on": "2023-02-01",
        "detail__licensee__number": WHOLESALER.number, "detail__licensee__name": WHOLESALER.name,
    }  # fmt: skip


def _corrected(on, named: str) -> dict[str, str]:
    return {**_answered(on, named), "note": "Read out wrongly."}


def centre_acts() -> list[Act]:
    """Return the forms of the people of a tracing centre."""

    def act(name: str, on: str, outcome: int | str = 302, **fields: object) -> Act:
        return Act(route=f"tracing:{name}", by="ATF", on=f"trace.{on}", outcome=outcome, **fields)  # type: ignore[arg-type]

    return [
        Act(route="tracing:queue", by="ATF", outcome=302, form=says(text="ABC-1001", mine="on")),
        act("take", "free"),
        act("leave", "asked"),
        act("accept", "closed", form=versioned(note="Looked into its books.")),
        act("accept", "waiting", "trace_wait_not_acceptable", form=versioned(note="Looked into its books.")),
        act("continue", "waiting", form=versioned()),
        Act(
            route="tracing:start", by="ATF", on="trace.waiting", refers="licensee.maker", outcome=302,
            form=lambda on, named: {"version": str(on.version), "other": named},
        ),
        act("answer", "asked", form=_answered),
        act("correct", "answered", form=_corrected, query=says(step="1")),
        act("ask_again", "failed", form=versioned()),
        act("conclude", "waiting", form=versioned(outcome="I1")),
        act("hold", "asked", form=versioned(is_held="on")),
        act("release", "done", form=versioned()),
        act("withhold", "done", form=versioned(ground=GROUND)),
        act("trace_purchaser", "done", 200),
        Act(
            route="tracing:licensee_new", by="ATF", outcome=302,
            form=says(number="1-59-000-07-9A-00088", name="Walk Works", **ENTRY),
        ),
        Act(
            route="tracing:licensee_new", by="ATF", outcome=200, refers="licensee.maker",
            form=lambda _on, named: {"number": named, "look_up": "yes", **ENTRY},
        ),
        Act(
            route="tracing:licensee_edit", by="ATF", on="licensee.maker", outcome=302,
            form=says(name=MAKER.name, version="1", **ENTRY),
        ),
        Act(
            route="tracing:licensee_hold", by="ATF", on="licensee.maker", outcome=302,
            form=says(is_held="on", hold_reason=REASON),
        ),
    ]  # fmt: skip


def tracing_acts() -> list[Act]:
    """Return every form of these pages."""
    return [*firearm_acts(), *centre_acts()]
