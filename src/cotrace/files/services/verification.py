"""Checking that every original still is what was received: its bytes, the record's hash and the sealed log agree."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import islice

from django.db import transaction

from cotrace.audit.selectors import details_about
from cotrace.audit.services import record
from cotrace.files.models import Attachment, Original
from cotrace.files.reads import OriginalFinding, OriginalsReport
from cotrace.foundation.principal import Principal

BATCH = 200
_Row = tuple[str, str, str]


def originals_verify(principal: Principal) -> OriginalsReport:
    """Hash every original anew and name each that is gone or changed; for the operator, who sees no content.

    Three must agree: the bytes, the hash in the attachment's row, and the hash that the log says was received, which
    its chain covers (`cotrace audit verify` checks that). Audit: attachment.verified, with how many;
    attachment.found_changed in the owner's log for each finding.
    """
    findings: list[OriginalFinding] = []
    count = 0
    rows = Attachment.objects.order_by("pk").values_list("number", "owner", "sha256").iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        count += len(some)
        logged = details_about(principal, action="attachment.added", subjects=[number for number, _, _ in some])
        findings += _findings(some, logged)
    with transaction.atomic():
        record(principal, action="attachment.verified", detail={"originals": count, "findings": len(findings)})
        for each in findings:
            detail = {"finding": each.code}
            record(principal, action="attachment.found_changed", subject=each.number, owner=each.owner, detail=detail)
    return OriginalsReport(originals=count, findings=tuple(findings))


def _findings(rows: list[_Row], logged: Mapping[str, Mapping[str, object]]) -> Iterator[OriginalFinding]:
    for number, owner, sha256 in rows:
        code = _code(number, sha256, logged.get(number))
        if code:
            yield OriginalFinding(code=code, number=number, owner=owner)


def _code(number: str, sha256: str, logged: Mapping[str, object] | None) -> str:
    """Return what is wrong with one original, empty for nothing. One at a time: each may have megabytes."""
    content = Original.objects.filter(pk=number).values_list("content", flat=True).first()
    if content is None:
        return "attachment_missing_original"
    if logged is None:
        return "attachment_unlogged"
    if logged.get("sha256") != sha256:
        return "attachment_changed_hash"
    return "" if hashlib.sha256(content).hexdigest() == sha256 else "attachment_changed_original"
