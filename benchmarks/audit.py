"""Sealing and verification, beside hashing alone: what the chain costs over the sums it must do."""

import json

from django.db import connection

from benchmarks.ground import database, rows_per_second, say, scaled
from cotrace.audit.rules.chain import GENESIS, link_hash
from cotrace.audit.services.record import NO_DETAIL, digest_of
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify

ROWS = scaled(200_000)
CHAINS = 8
DETAILED_ONE_IN = 5
SALT = "0" * 32
DETAIL = json.dumps({"numbers": [f"SZ-BENCH-{number}" for number in range(50)]})
TARGET_SEAL = 20_000
TARGET_VERIFY = 50_000


def fill(rows: int) -> None:
    """Write events of several chains in one statement, and the details that every fifth of them has, as a list has."""
    detailed = digest_of(SALT, DETAIL)
    series = (
        "SELECT generate_series(1, %s) AS n"
        if connection.vendor == "postgresql"
        else "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (chain, recorded_at, actor, actor_agency, door, action, subject, outcome, "
            "purpose, case_ref, session, request_id, digest) "
            f"SELECT 'AG' || (n %% {CHAINS}), '2026-03-02 18:00:00.123456', 'member', 'AG', 'web', 'seizure.opened', "
            f"'SZ-BENCH-' || n, 'disclosed', 'criminal_investigation', '', 'session', 'request', "
            f"CASE WHEN n %% {DETAILED_ONE_IN} = 0 THEN '{detailed}' ELSE '{NO_DETAIL}' END "
            f"FROM ({series}) q",
            [rows],
        )
        cursor.execute(
            "INSERT INTO audit_auditdetail (event_id, salt, detail) "
            "SELECT id, %s, %s FROM audit_auditevent WHERE digest = %s",
            [SALT, DETAIL, detailed],
        )


def seal_all() -> int:
    """Seal everything that waits."""
    done = 0
    while sealed := seal_once():
        done += sealed
    return done


def hash_alone() -> int:
    """Do only the sums of the chain, on rows in memory."""
    event = (1, "AG", 1, *["x" * 12] * 10, "0" * 64)
    head = GENESIS
    for position in range(ROWS):
        head = link_hash(head, position, event)
    return ROWS


def main() -> None:
    """Print sealing and verification beside hashing alone."""
    with database() as engine:
        bare = rows_per_second(hash_alone)
        fill(ROWS)
        sealed = rows_per_second(seal_all)
        verified = rows_per_second(lambda: verify().events)
    say(
        "audit",
        engine=engine,
        rows=ROWS,
        hashing_alone_per_s=round(bare),
        sealing_per_s=round(sealed),
        sealing_of_target=round(sealed / TARGET_SEAL, 2),
        sealing_of_hashing=round(sealed / bare, 2),
        verification_per_s=round(verified),
        verification_of_target=round(verified / TARGET_VERIFY, 2),
        verification_of_hashing=round(verified / bare, 2),
    )
