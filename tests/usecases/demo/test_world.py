"""The synthetic world as it is written, by the services people use, with three real connectors answering."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from cotrace.audit.models import AuditEvent
from cotrace.demo.build import DemoWorld, WorldPlan, build_world
from cotrace.demo.licensees import LicenseeFiles, files_of, files_written, ports_told
from cotrace.demo.people import Cast
from cotrace.demo.rules.licensees import LICENSEES
from cotrace.demo.rules.plots import ELSEWHERE, PLOTS
from cotrace.demo.rules.stories import tracing_story
from cotrace.exchange.models import SentMessage
from cotrace.firearms.models import Firearm
from cotrace.foundation.models import OutboxDelivery
from cotrace.tracing.exports.connector_server import ServeOptions, open_server
from cotrace.tracing.models import Inquiry, Trace, TraceRequest, Transferee
from cotrace.tracing.selectors.register import licensee_get, licensee_list
from cotrace.tracing.services.register import licensee_hold

SEED = 2009
OUTCOMES = {
    "three_connectors": "P1",
    "rifle": "P1",
    "successor": "P1",
    "never_imported": "X2",
    "obliterated": "S1",
    "dealer_closed": "D2",
    "stolen_from_dealer": "D3",
    "privately_made": "F1",
    "not_in_book": "M1",
    "three_telephones": "P1",
    "withheld": "P1",
    "to_be_released": "G1",
}
WAITING = {
    "dates_conflict": "dates_contradict",
    "other_make": "described_otherwise",
    "held": "contact_hold",
    "maker_unknown": "start_not_registered",
}


@contextmanager
def answering(files: tuple[LicenseeFiles, ...]) -> Iterator[dict[str, int]]:
    """Run the licensees' connectors in threads of this process; yields their ports."""
    ports = {}
    with ExitStack() as stack:
        for each in files:
            options = ServeOptions(
                licence=each.licensee.number,
                records=each.records,
                log=each.records.with_suffix(".log"),
                key=each.key,
                centre_keys=(each.centre_key,),
            )
            server, _ = stack.enter_context(open_server(options))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            ports[each.licensee.key] = server.server_port
        yield ports


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("demo")
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(COTRACE_DEMO=True, COTRACE_HOME=folder, PASSWORD_HASHERS=hashers):
        yield folder


@pytest.fixture(scope="module", autouse=True)
def world(home: Path, engine_under_test, django_db_setup, django_db_blocker) -> Iterator[DemoWorld]:
    """The world, built once in a database of this module's own."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        name = engine_under_test.copy()
        engine_under_test.point_at(name)
        try:
            yield built(home)
        finally:
            engine_under_test.drop(name)
            engine_under_test.point_at(before)


def built(home: Path, *, seizures: int = 30) -> DemoWorld:
    now = datetime.now(UTC)
    story = tracing_story(SEED, now=now)
    with answering(files_written(home, story.books)) as ports:
        plan = WorldPlan(seed=SEED, seizures=seizures, story=story, now=now, home=home, ports=ports)
        return build_world(plan, say=lambda _: None)


def traces() -> dict[str, Trace]:
    """The traces by the key of their plot: they were opened in the order of the plots that this centre got."""
    here = [plot.key for plot in PLOTS if plot.centre != ELSEWHERE]
    return dict(zip(here, Trace.objects.order_by("opened_at"), strict=True))


def test_each_trace_stands_where_its_plot_says() -> None:
    found = traces()
    ended = {key: trace.outcome for key, trace in found.items() if trace.outcome}
    assert ended == OUTCOMES
    waiting = {key: trace.waiting_reason for key, trace in found.items() if trace.status == "awaiting_tracer"}
    assert waiting == WAITING
    assert found["withheld"].status == "withheld"
    assert found["to_be_released"].status == "concluded"
    released = [key for key, trace in found.items() if trace.status == "released"]
    assert released == [key for key in OUTCOMES if key not in ("withheld", "to_be_released")]


def test_people_are_asked_by_telephone_and_one_connector_never_answers() -> None:
    found = traces()
    open_ones = {inquiry.trace_id: inquiry for inquiry in Inquiry.objects.filter(state="open")}
    assert open_ones[found["telephone"].pk].channel == "person"
    second = open_ones[found["second_telephone"].pk]
    assert (second.channel, second.hop) == ("person", 2)
    silent = open_ones[found["silent"].pk]
    assert (silent.channel, silent.failure, silent.hop) == ("connector", "connector_unreachable", 3)
    assert len(open_ones) == 3


def test_whoever_asked_has_its_result_and_what_goes_elsewhere_waits() -> None:
    assert Counter(TraceRequest.objects.values_list("status", flat=True)) == {
        "completed": 10,
        "in_process": 9,
        "submitted": 1,
    }
    elsewhere = TraceRequest.objects.get(status="submitted")
    assert (elsewhere.centre, elsewhere.owner) == (ELSEWHERE, "FGR")
    assert SentMessage.objects.get(record=elsewhere.pk).state == "waiting"
    purchasers = [str(person["family_names"]) for person in Transferee.objects.values_list("person", flat=True)]
    assert purchasers and all(name.startswith("Synthetic Purchaser") for name in purchasers)


def test_nothing_of_the_build_is_left_to_a_worker() -> None:
    assert set(OutboxDelivery.objects.values_list("state", flat=True)) == {"done"}


def test_one_gun_is_left_to_whoever_tries_the_demo(world: DemoWorld) -> None:
    assert not Firearm.objects.filter(seizure=world.open_seizure).exists()
    assert not Firearm.objects.filter(serial=world.open_gun.serial).exists()
    assert Firearm.objects.exclude(seizure__in=TraceRequest.objects.values("seizure")).exists()


def test_the_log_is_in_the_order_of_time_and_names_the_people_who_acted() -> None:
    moments = list(AuditEvent.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    names = set(TraceRequest.objects.values_list("submitted_name", flat=True))
    assert all("Sint" in name or "Synth" in name for name in names)


def test_the_register_is_told_of_new_ports_and_keeps_what_people_changed(home: Path) -> None:
    keeper = Cast().builder("NTC")
    number = files_of(home)[0].licensee.number
    with transaction.atomic():
        licensee_hold(keeper, number=number, is_held=True, reason="Set by a test, to see it kept.")
        before = licensee_get(keeper, number=number)
        ports_told({"maker": 4711})
        after = licensee_get(keeper, number=number)
        transaction.set_rollback(True)
    assert (after.url, after.is_held, after.hold_reason) == ("http://127.0.0.1:4711", True, before.hold_reason)
    assert (after.keys, after.names, after.phone) == (before.keys, before.names, before.phone)
    assert len(licensee_list(keeper).rows) == len(LICENSEES)


def test_a_world_of_before_there_were_connectors_runs_none(tmp_path: Path) -> None:
    assert files_of(tmp_path) == ()
