"""The forms of the pages. Where a form succeeds it leads on (302); what the next page shows is compared too."""

from cotrace.sharing.holding import holding_kinds
from tests.support.walk.acts import Act, Build, says
from tests.support.walk.acts_json import GOOD_LOG, PHOTOGRAPH, letter_in_walk
from tests.support.walk.acts_tracing import tracing_acts

SEIZURE = {"occurred_on": "2026-02-01", "state_code": "26", "municipio_code": "26043", "place": "Km 4", "long_guns": "2"}
SEARCHES = ({"text": "km"}, {"state": "26"}, {"force": "MX-SEDENA"}, {"since": "2026-01-04", "until": "2026-01-20"})


def seizure_acts() -> list[Act]:
    """Return the forms of seizures, searches and exports, and imports."""
    page = {"on": "seizure.own", "outcome": 302}
    searches = [Act(route="seizures:list", outcome=302, form=says(**each)) for each in SEARCHES]
    exported = [Act(route="seizures:list", outcome=302, form=says(**each), then="seizures:export") for each in SEARCHES]
    return [
        *searches,
        *exported,
        Act(route="seizures:list", outcome=302, form=says(text="secreto"), then="seizures:export"),
        Act(route="seizures:export", outcome=200),
        Act(route="seizures:new", outcome=302, form=says(cap="FULL", **SEIZURE)),
        Act(
            route="seizures:new", outcome=302, refers="circle.own",
            form=lambda _on, named: {**SEIZURE, "cap": "FULL", "circle": named},
        ),
        Act(route="seizures:correct", **page, form=says(**SEIZURE)),
        Act(route="seizures:visibility", **page, form=says(cap="NOTHING")),
        Act(
            route="seizures:visibility", **page, refers="circle.own",
            form=lambda _on, named: {"cap": "POINTER", "circle": named},
        ),
        Act(
            route="seizures:import_new", outcome=302, form=says(mapping="cotrace-seizures"),
            file=("file", "log.csv", GOOD_LOG),
        ),
        Act(route="seizures:trial", on="trial.own", outcome=302),
        Act(route="seizures:trial_drop", on="trial.own", outcome=302),
        Act(route="seizures:import_reviewed", on="import.own", outcome=302),
    ]  # fmt: skip


def attachment_acts() -> list[Act]:
    """Return the forms of the attachments of guns."""
    on = {"on": "attachment.own", "outcome": 302}
    return [
        Act(
            route="files:attach", on="firearm.own", outcome=302, form=says(kind="make"),
            file=("several", *PHOTOGRAPH[1:]),
        ),
        Act(route="files:original", on="attachment.own", outcome=200),
        Act(route="files:withdraw", **on, form=says(reason="Blurred")),
        Act(
            route="files:withdraw", **on, refers="attachment.second",
            form=lambda _on, named: {"reason": "Blurred", "superseded_by": named},
        ),
    ]  # fmt: skip


def _memorandum(_on: object, _named: str) -> object:
    """Return a filled-in draft: for every category what they see of ours, and nothing else."""
    levels = {
        f"{direction}_{each.kind}": "TEAR_LINE" if direction == "theirs" else "NOTHING"
        for each in holding_kinds()
        for direction in ("theirs", "ours", "among")
    }
    return {
        "title_en": "x", "title_es": "x", "others": ("ICE",), "purposes": ("criminal_investigation",),
        "starts_on": "2026-03-01", "review_on": "2027-03-01", **levels,
    }  # fmt: skip


def sharing_acts() -> list[Act]:
    """Return the forms of memoranda, circles, emergency sessions and notices."""

    def change(act: str, on: str = "agreement.seizure") -> Act:
        return Act(route="sharing:agreement_change", on=on, further=(("act", act),), outcome=302)

    colleague: Build = lambda _on, named: {"member": named, "level": "FULL"}  # noqa: E731 - one line says it
    return [
        Act(route="sharing:agreement_new", outcome=302, form=_memorandum),
        Act(route="sharing:agreement_sign", on="agreement.draft", outcome=302),
        change("suspend"),
        change("end"),
        change("resume", "agreement.suspended"),
        Act(route="sharing:circles", outcome=302, form=says(name="Operación nueva")),
        Act(route="sharing:circle", on="circle.own", refers="member.colleague", outcome=302, form=colleague),
        Act(
            route="sharing:circle_remove", on="circle.own", outcome=302, refers="member.companion",
            form=lambda _on, named: {"member": named},
        ),
        Act(
            route="sharing:emergency", outcome=302,
            form=says(reason="A colleague was shot at near Caborca", minutes="5"),
        ),
        Act(route="sharing:emergency_close", outcome=302),
        Act(route="find", outcome=302, refers="seizure.own", form=lambda _on, named: {"q": named}),
        Act(route="find", outcome=302, form=says(q="mismo lugar")),
        Act(route="notices:acknowledge", on="notice.own", outcome=302),
    ]  # fmt: skip


def member_acts() -> list[Act]:
    """Return the forms by which an administrator looks after members."""

    def act(name: str, on: str = "member.colleague", outcome: int | str = 302, **fields: object) -> Act:
        return Act(route=f"member_{name}", on=on, outcome=outcome, **fields)  # type: ignore[arg-type]

    person = {"name": "New", "language": "en", "roles": ("recorder",)}
    return [
        act("add", on="", outcome=200, form=says(email="new@fge-son.example", **person)),
        act("add", on="", outcome="address_not_of_agency", form=says(email="ice.secret@ice.example", **person)),
        act("roles", form=says(roles=("recorder", "expert"))),
        act("link", outcome=200),
        act("release"),
        act("factors_reset"),
        act("close"),
        act("reopen", on="member.closed"),
    ]


def exchange_acts() -> list[Act]:
    """Return the forms of signed files: taken out, acknowledged, taken in; and of signed rounds."""
    taken = {"further": (("peer", "mx1"),), "by": "ATF", "on": "message.taken"}
    return [
        Act(route="exchange:file", on="trace_request.away", outcome=200, form=says(message="")),
        Act(route="exchange:file", on="trace_request.sent", outcome=200, form=says(message="", again="yes")),
        Act(route="exchange:file", on="trace_request.done", outcome="exchange_stays_here", form=says(message="")),
        Act(route="exchange:acknowledgement", outcome=200, **taken),  # type: ignore[arg-type]
        Act(route="exchange:receive", by="ATF", outcome=302, file=letter_in_walk()),
        Act(route="audit:heads_file", on="round.handed", outcome=200),
    ]


def page_acts() -> list[Act]:
    """Return every form of the pages."""
    return [*seizure_acts(), *attachment_acts(), *sharing_acts(), *member_acts(), *exchange_acts(), *tracing_acts()]
