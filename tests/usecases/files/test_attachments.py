"""Attachments are seen by whoever sees their record in full, and changed by the agency whose record it is."""

import pytest

from cotrace.audit.models import AuditEvent
from cotrace.files.imports.attaching import attachment_add
from cotrace.files.models import Attachment, CleanedCopy, Original
from cotrace.files.reads import AttachmentRead
from cotrace.files.rules.attachments import MOST_OF_RECORD
from cotrace.files.rules.pictures import MediaType
from cotrace.files.selectors import (
    attachment_get,
    attachment_original,
    attachment_shown,
    attachments_of,
    custody_of,
    may_withdraw,
)
from cotrace.files.services.attachments import NewAttachment, attachment_keep, attachment_withdraw
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.services import firearm_describe
from cotrace.foundation.errors import CotraceError, Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.seizures.services.record import Visibility, seizure_restrict
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open, emergency_open
from tests.support.pictures import MAKER, from_telephone, opened, opinion, photograph
from tests.support.world import agencies_exist, agent, enrolled, memorandum, without
from tests.usecases.firearms.codes import codes_exist
from tests.usecases.firearms.test_firearms import gun, seizure

pytestmark = pytest.mark.django_db
OWNER = agent("FGE-SON")
NOWHERE = "AT-TEST-0000-0000-0000"


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()
    codes_exist()


@pytest.fixture
def record() -> str:
    return firearm_describe(OWNER, seizure=seizure(), values=gun())


def attached(record: str, *, who: Principal = OWNER, content: bytes | None = None, **words: str) -> str:
    given = {"kind": "serial", "caption": "left side of the frame", **words}
    return attachment_add(who, record=record, content=content or from_telephone(), **given)


def seen_by(who: Principal, record: str) -> list[AttachmentRead] | None:
    found = attachments_of(who, record=record)
    return None if found is None else list(found.attachments)


def test_the_original_is_kept_as_it_came_and_what_is_shown_is_another(record: str) -> None:
    content = from_telephone()
    number = attached(record, content=content)
    file = attachment_original(OWNER, number=number)
    assert (file.content, file.media_type, file.name) == (content, "image/jpeg", f"{number}.jpg")
    for page, longest in ((1, 640), (0, 320)):
        copy = attachment_shown(OWNER, number=number, page=page)
        assert max(opened(copy).size) == longest and MAKER.encode() not in copy
    with pytest.raises(NotFound):
        attachment_shown(OWNER, number=number, page=2)
    read = attachment_get(OWNER, number=number)
    assert (read.record, read.kind, read.size_bytes, read.pages) == (record, "serial", len(content), 1)


def test_an_opinion_is_a_pdf_and_a_mark_is_none(record: str) -> None:
    number = attached(record, content=opinion(pages=3), kind="opinion")
    read = attachment_get(OWNER, number=number)
    assert (read.pages, read.pages_shown, attachment_original(OWNER, number=number).name) == (3, 3, f"{number}.pdf")
    assert attachment_shown(OWNER, number=number, page=3)
    with pytest.raises(Invalid) as refusal:
        attached(record, content=opinion(), kind="serial")
    assert [each.code for each in refusal.value.fields] == ["attachment_not_of_kind"]


def test_what_is_refused_leaves_nothing(record: str) -> None:
    for content, words in ((b"<svg>", {}), (photograph()[:2000], {}), (photograph(), {"kind": "selfie"})):
        with pytest.raises(Invalid):
            attached(record, content=content, **words)
    assert not Attachment.objects.exists() and not Original.objects.exists() and not CleanedCopy.objects.exists()


def test_whoever_may_not_attach_is_told_before_the_file_is_opened(record: str) -> None:
    broken = b"this is refused as soon as it is opened"
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    lacking = without(OWNER, FirearmPermission.DESCRIBE)
    for who, refusal in ((agent("ATF"), NotFound), (agent("PD-EP"), NotFound), (lacking, Denied)):
        with pytest.raises(refusal):
            attached(record, who=who, content=broken)
    for other in (seizure(), "FA-TEST-0000-0000-0000", ""):
        with pytest.raises(NotFound):
            attached(other, content=broken)


def test_the_same_file_is_attached_once_while_it_counts(record: str) -> None:
    content = photograph()
    number = attached(record, content=content)
    with pytest.raises(Refused) as refusal:
        attached(record, content=content)
    assert (refusal.value.code, refusal.value.params["number"]) == ("attachment_known", number)
    other = firearm_describe(OWNER, seizure=seizure(), values=gun())
    attached(other, content=content)
    attachment_withdraw(OWNER, number=number, reason="Wrong kind")
    attached(record, content=content)


def test_a_record_takes_so_many_and_no_more(record: str) -> None:
    def kept(place: int) -> str:
        plain = NewAttachment(
            kind="other", caption="", content=b"%d" % place, media_type=MediaType.PNG, pages=1, shown=(b"x",), thumbnail=b"x"
        )
        return attachment_keep(OWNER, record=record, attachment=plain)

    first, *_ = [kept(place) for place in range(MOST_OF_RECORD)]
    with pytest.raises(Refused) as refusal:
        kept(MOST_OF_RECORD)
    attachment_withdraw(OWNER, number=first, reason="Makes room")
    kept(MOST_OF_RECORD)
    assert refusal.value.code == "attachment_too_many"


def test_below_full_there_is_nothing_not_even_a_count(record: str) -> None:
    number = attached(record)
    viewer = agent("ATF")
    for level in (Level.POINTER, Level.TEAR_LINE):
        memorandum(owner="FGE-SON", viewer="ATF", category="*", level=level)
        assert seen_by(viewer, record) is None
        for read in (attachment_get, attachment_shown, attachment_original, custody_of):
            with pytest.raises(NotFound):
                read(viewer, number=number)


def test_a_partner_who_sees_the_record_in_full_sees_the_copy_and_never_the_original(record: str) -> None:
    ana = enrolled("FGE-SON", name="ana")
    number = attached(record, who=ana)
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    viewer = agent("ATF")
    shown = seen_by(viewer, record)
    assert shown is not None and [each.number for each in shown] == [number]
    assert [each.added_by for each in shown] == [""] and attachment_get(ana, number=number).added_by == "FGE-SON ana"
    assert attachment_shown(viewer, number=number)
    for read in (attachment_original, custody_of):
        with pytest.raises(NotFound):
            read(viewer, number=number)
    with pytest.raises(NotFound):
        attachment_withdraw(viewer, number=number, reason="Not yours")


def test_a_role_that_opens_no_guns_opens_no_photographs(record: str) -> None:
    number = attached(record)
    blind = without(OWNER, FirearmPermission.READ)
    assert seen_by(blind, record) is None
    for read in (attachment_get, attachment_shown, attachment_original, custody_of):
        with pytest.raises(Denied):
            read(blind, number=number)


def test_what_is_withdrawn_stays_for_its_owner_with_the_reason_and_is_gone_for_others(record: str) -> None:
    ana = enrolled("FGE-SON", name="ana")
    first, second = attached(record), attached(record, content=photograph("AGAIN"))
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    attachment_withdraw(ana, number=first, reason="  Blurred  ", superseded_by=second.lower())
    read = attachment_get(OWNER, number=first)
    assert (read.withdrawn_because, read.superseded_by, read.withdrawn_by) == ("Blurred", second, "FGE-SON ana")
    assert attachment_original(OWNER, number=first).content == from_telephone()
    assert not may_withdraw(OWNER, read=read)
    shown = seen_by(agent("ATF"), record)
    assert shown is not None and [each.number for each in shown] == [second]
    with pytest.raises(NotFound):
        attachment_shown(agent("ATF"), number=first)
    with pytest.raises(Refused):
        attachment_withdraw(OWNER, number=first, reason="Once more")


@pytest.mark.parametrize(
    ("reason", "successor", "field"),
    [(" ", "", "reason"), ("x" * 501, "", "reason"), ("Blurred", NOWHERE, "superseded_by"), ("Blurred", "self", "superseded_by")],
)
def test_a_withdrawal_says_why_and_what_counts_instead(record: str, reason: str, successor: str, field: str) -> None:
    number = attached(record)
    with pytest.raises(Invalid) as refusal:
        attachment_withdraw(OWNER, number=number, reason=reason, superseded_by=number if successor == "self" else successor)
    assert [each.field for each in refusal.value.fields] == [field]
    assert not attachment_get(OWNER, number=number).is_withdrawn


def test_withdrawing_needs_what_correcting_needs(record: str) -> None:
    number = attached(record)
    lacking = without(OWNER, FirearmPermission.CORRECT)
    assert not may_withdraw(lacking, read=attachment_get(lacking, number=number))
    with pytest.raises(Denied):
        attachment_withdraw(lacking, number=number, reason="Blurred")
    with pytest.raises(NotFound):
        attachment_withdraw(OWNER, number=NOWHERE, reason="Blurred")


def test_a_circle_hides_the_photographs_with_the_gun_and_an_emergency_shows_them_and_changes_nothing() -> None:
    parent = seizure()
    record = firearm_describe(OWNER, seizure=parent, values=gun())
    number = attached(record)
    circle = circle_open(OWNER, name="Need to know")
    seizure_restrict(OWNER, number=parent, visibility=Visibility(circle=circle))
    colleague = agent("FGE-SON", name="two")
    with pytest.raises(NotFound):
        attachments_of(colleague, record=record)
    for read in (attachment_get, attachment_shown, attachment_original, custody_of):
        with pytest.raises(NotFound):
            read(colleague, number=number)
    emergency = emergency_open(colleague, reason="A colleague was shot at", minutes=10)
    found = attachments_of(colleague, record=record)
    assert found is not None and len(found.attachments) == 1 and not found.may_add
    assert attachment_original(colleague, number=number).content == from_telephone()
    for change in (
        lambda: attached(record, who=colleague, content=photograph("X")),
        lambda: attachment_withdraw(colleague, number=number, reason="Blurred"),
    ):
        with pytest.raises(CotraceError) as refusal:
            change()
        assert refusal.value.code == "emergency_reads_only"
    taken = next(each for each in custody_of(OWNER, number=number).rows if each.action == "attachment.original_taken")
    assert taken.emergency == emergency


def test_the_custody_log_says_who_received_saw_downloaded_and_withdrew_it(record: str) -> None:
    ana, ben = enrolled("FGE-SON", name="ana"), enrolled("FGE-SON", name="ben")
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    number = attached(record, who=ana)
    attachment_shown(agent("ATF"), number=number)
    attachment_original(ben, number=number)
    attachment_withdraw(ana, number=number, reason="Blurred")
    custody = custody_of(OWNER, number=number)
    assert [(each.agency, each.person, each.action) for each in custody.rows] == [
        ("FGE-SON", "FGE-SON ana", "attachment.added"),
        ("ATF", "", "attachment.shown"),
        ("FGE-SON", "FGE-SON ben", "attachment.original_taken"),
        ("FGE-SON", "FGE-SON ana", "attachment.withdrawn"),
    ]
    assert custody.sha256 == attachment_get(OWNER, number=number).sha256
    plain = custody_of(without(OWNER, SharingPermission.WHO_LOOKED), number=number)
    assert not plain.has_looks and "attachment.shown" not in {each.action for each in plain.rows}


def test_every_look_is_in_the_owners_log_before_anything_leaves(record: str) -> None:
    number = attached(record)
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)
    viewer = agent("ATF")
    attachments_of(viewer, record=record)
    attachment_get(viewer, number=number)
    attachment_shown(viewer, number=number, page=0)
    for chain in ("ATF", "FGE-SON"):
        events = AuditEvent.objects.filter(chain=chain, actor_agency="ATF", action__startswith="attachment.")
        assert list(events.order_by("pk").values_list("action", "subject", "outcome")) == [
            ("attachment.listed", "", "disclosed"),
            ("attachment.opened", number, "disclosed"),
            ("attachment.shown", number, "disclosed"),
        ]


def test_a_list_without_attachments_writes_nothing(record: str) -> None:
    assert seen_by(OWNER, record) == []
    assert not AuditEvent.objects.filter(action="attachment.listed").exists()
