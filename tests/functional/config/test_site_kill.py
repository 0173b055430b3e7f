"""Kill -9 of the site in the middle of writes: what it answered for is there once, and nothing is there by half."""

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cotrace.audit.models import AuditEvent
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from cotrace.foundation.models import OutboxEvent
from cotrace.seizures.models import Seizure
from cotrace.sharing.models import Holding
from tests.support.kills import how_often
from tests.support.served import served
from tests.support.world import agencies_exist, token

WRITERS = 4


@dataclass
class Writer:
    """Somebody who records seizures and corrects them, as fast as the site answers, and remembers its answers.

    `promised` are places with the number the site gave, `corrected` the last tear-line that it took for a number,
    `doubtful` what was sent when the line broke: it may have been done or not.
    """

    name: str
    bearer: dict[str, str]
    address: str = ""
    promised: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    is_over: threading.Event = field(default_factory=threading.Event)
    line: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30.0, trust_env=False, verify=False))

    def write(self) -> None:
        """Write until it is over; while the site is away, wait for it."""
        count = 0
        while not self.is_over.is_set():
            count += 1
            place = f"{self.name}-{count}"
            body = {"occurred_on": "2025-02-01", "place": place, "amounts": {"long_guns": {"quantity": count}}}
            made = self._send("POST", "/seizures", body, doubtful=place)
            if made is None:
                continue
            assert made.status_code == 201, made.text
            self.promised[place] = made.json()["number"]
            self._correct(place, body)

    def _correct(self, place: str, body: dict[str, object]) -> None:
        number, line = self.promised[place], f"line of {place}"
        made = self._send("PUT", f"/seizures/{number}", {**body, "tear_line": line}, doubtful=f"{place} corrected")
        if made is not None:
            assert made.status_code == 204, made.text
            self.corrected[number] = line

    def _send(self, method: str, path: str, body: object, *, doubtful: str) -> httpx.Response | None:
        try:
            return self.line.request(method, f"{self.address}/api/v1{path}", json=body, headers=self.bearer)
        except httpx.TransportError:
            self.doubtful.add(doubtful)
            self.is_over.wait(0.05)
            return None


def wait_for_another_answer(writers: list[Writer]) -> None:
    """Wait until the site that runs now has answered somebody, so that what kills it comes in the middle of writes."""
    before, end = sum(len(each.promised) for each in writers), time.monotonic() + 30
    while sum(len(each.promised) for each in writers) == before and time.monotonic() < end:
        time.sleep(0.02)


@how_often(3)
def test_a_site_killed_in_the_middle_of_writes_keeps_its_word(committed, tmp_path: Path, kills: int) -> None:
    agencies_exist()
    bearer = {"Authorization": f"Bearer {token('FGR')}"}
    writers = [Writer(f"w{place}", bearer) for place in range(WRITERS)]
    threads = [threading.Thread(target=each.write) for each in writers]
    dice = random.Random(20090630)
    for place in range(kills):
        with served(committed, tmp_path / "site.log") as site:
            for each in writers:
                each.address = site.address
            for each in threads if place == 0 else ():
                each.start()
            wait_for_another_answer(writers)
            time.sleep(dice.random() * 0.7)
            site.kill()
    for each in writers:
        each.is_over.set()
    for each in threads:
        each.join(timeout=60)
    _check(writers)


def _check(writers: list[Writer]) -> None:
    promised = {place: number for each in writers for place, number in each.promised.items()}
    corrected = {number: line for each in writers for number, line in each.corrected.items()}
    doubtful = {place for each in writers for place in each.doubtful}
    assert promised and doubtful, "no kill came in the middle of writes"
    there = dict(Seizure.objects.values_list("place", "pk"))
    assert len(there) == Seizure.objects.count(), "a seizure is there twice"
    assert {place: there.get(place) for place in promised} == promised, "a seizure that was answered for is lost"
    assert set(there) - set(promised) <= doubtful
    lines = dict(Seizure.objects.filter(pk__in=corrected).values_list("pk", "tear_line"))
    assert lines == corrected, "a correction that was answered for is lost"
    _check_nothing_is_by_half(set(there.values()))


def _check_nothing_is_by_half(numbers: set[str]) -> None:
    assert set(Holding.objects.values_list("pk", flat=True)) == numbers
    assert not Seizure.objects.filter(items=None).exists(), "a seizure without what was taken"
    recorded = AuditEvent.objects.filter(action="seizure.recorded").values_list("subject", flat=True)
    assert sorted(recorded) == sorted(numbers)
    announced = OutboxEvent.objects.filter(name="seizure.recorded").values_list("payload__seizure", flat=True)
    assert sorted(announced) == (sorted(numbers) if announced else [])
    while seal_once():
        pass
    assert verify().is_intact
