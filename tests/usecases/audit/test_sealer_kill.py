"""Kill -9 of the sealer at random points, while others write: no event stays out of its chain, none is in it twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections, transaction

from cotrace.audit.models import AuditEvent, AuditPending, AuditSeal
from cotrace.audit.services import record
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from tests.support.kills import how_often
from tests.support.processes import close_connections
from tests.support.world import agencies_exist, agent

AGENCIES = ("ATF", "FGR", "ICE")
EVENTS_PER_KILL = 30
SEALER = """
import os, sys
from cotrace.config import cli
cli.set_up_django()
from django.db import connections
from cotrace.audit.services.sealing import seal_once
for _ in sys.stdin:
    connections.close_all()
    child = os.fork()
    if child == 0:
        while True:
            seal_once(batch=10)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
"""Forks a sealer for each line it reads, says its id, and says so when it is gone."""


@pytest.fixture
def sealers(committed) -> Iterator["subprocess.Popen[str]"]:
    """A process that starts sealers on the database in use."""
    environment = {**os.environ, "COTRACE_DATABASE_URL": committed.url(str(settings.DATABASES["default"]["NAME"]))}
    process = subprocess.Popen(
        [sys.executable, "-c", SEALER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate(timeout=30)


def write_events(count: int, *, dice: random.Random) -> int:
    """Write events of several agencies, some in transactions that are undone; return how many stayed."""
    written = 0
    for _ in range(count):
        is_undone = dice.random() < 0.2
        with transaction.atomic():
            record(agent(dice.choice(AGENCIES)), action="sample.done", detail={"place": str(dice.random())})
            transaction.set_rollback(is_undone)
        written += not is_undone
    return written


def kill_a_sealer(sealers: "subprocess.Popen[str]", *, after_s: float) -> None:
    """Start a sealer and kill it a moment later."""
    assert sealers.stdin is not None and sealers.stdout is not None
    sealers.stdin.write("go\n")
    sealers.stdin.flush()
    pid = int(sealers.stdout.readline())
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    assert sealers.stdout.readline() == "gone\n"


@how_often(40)
def test_a_sealer_killed_at_random_points_leaves_every_chain_whole(committed, sealers, kills: int) -> None:
    agencies_exist()
    dice = random.Random(20090630)
    written, interrupted = 0, 0
    for _ in range(kills):
        written += write_events(EVENTS_PER_KILL, dice=dice)
        others: list[int] = []
        writer = threading.Thread(target=_write_beside, args=(dice.random(), others))
        writer.start()
        kill_a_sealer(sealers, after_s=dice.random() * 0.08)
        writer.join()
        written += sum(others)
        interrupted += AuditPending.objects.exists() and AuditSeal.objects.exists()
    assert interrupted, "no kill came while a sealer was at work"
    while seal_once():
        pass
    report = verify()
    assert (report.is_intact, report.pending, report.events) == (True, 0, written), report.findings[:3]
    assert AuditSeal.objects.count() == AuditEvent.objects.count() == written
    for chain in AGENCIES:
        positions = list(AuditSeal.objects.filter(chain=chain).order_by("position").values_list("position", flat=True))
        assert positions == list(range(1, len(positions) + 1))
    close_connections()


def _write_beside(seed: float, written: list[int]) -> None:
    """Write while the sealer works."""
    try:
        written.append(write_events(5, dice=random.Random(seed)))
    finally:
        connections.close_all()
