"""The pages of the exchange: what left and came, files taken out and in, keys to compare; nobody sees another's."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cotrace.audit.models import AuditEvent
from cotrace.exchange.exports import own_key, record_file
from cotrace.exchange.imports import LARGEST_FILE
from cotrace.exchange.models import ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads.words import reason_words
from cotrace.exchange.rules.acknowledgement import Disposition, parse_acknowledgement
from cotrace.exchange.rules.envelope import parse_file
from cotrace.exchange.rules.judgement import Refusal
from cotrace.exchange.selectors.log import PAGE_SIZE, LogFilter, exchange_log
from cotrace.exchange.services.peers import peer_close
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import installation_principal
from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.services.requests import trace_submit
from tests.support.noninterference import SECRETS
from tests.support.pages import cast_exists, client_of, words_of
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import agent
from tests.usecases.exchange.letters import (
    MX,
    STRANGER,
    US,
    acknowledgement_letter,
    letter,
    number,
    peer_exists,
    result_letter,
)
from tests.usecases.tracing.world import CALL_BACK, centre_exists, document

pytestmark = pytest.mark.django_db
SONORA = agent("FGE-SON")
THIRD = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x11" * 32))
INCOMPLETE = request_to_json(document(crime_code=None))
NOT_OURS = "This is not a signed file of Cotrace, or it was damaged on its way. Ask its sender for the file whose name ends in .cotrace.json"


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    cast_exists()
    peer_exists(US)
    peer_exists(MX, signer=STRANGER)
    centre_exists()
    elsewhere = CentreValues(agency="NTC", call_back=CALL_BACK, installation=US)
    centre_put(installation_principal(), centre=elsewhere)


@pytest.fixture
def sonora() -> Client:
    return client_of("FGE-SON")


@pytest.fixture
def centre() -> Client:
    return client_of("ATF", name="Tom Reyes")


def submitted(serial: str = "ABC-1234") -> str:
    asked = trace_submit(SONORA, document=document(serial), centre="NTC")
    outbox.drain()
    return asked


def offered(client: Client, content: bytes, *, name: str = "message.cotrace.json"):
    file = SimpleUploadedFile(name, content, content_type="application/json")
    return client.post(reverse("exchange:receive"), {"file": file})


def said_on(page) -> str:
    """What was announced above the page."""
    return " ".join(str(each) for each in page.context["messages"])


def bytes_of(page) -> bytes:
    """A page without its form tokens and its own address, to which the language switch returns."""
    return SECRETS.sub(rb"\1", page.content).replace(page.request["PATH_INFO"].encode(), b"")


def downloaded(client: Client, asked: str, **posted: str):
    return client.post(reverse("exchange:file", args=[asked]), posted)


def test_a_request_waits_on_the_list_in_the_navigation_and_leaves_as_a_download(sonora: Client) -> None:
    asked = submitted()
    page = sonora.get(reverse("exchange:messages"))
    words = words_of(page)
    assert "Trace request To Installation us1 (us1)" in words and "Waits to leave" in words and asked in words
    entry = [each for each in page.context["navigation"] if each.url == reverse("exchange:messages")]
    assert [(str(each.label), each.count.value) for each in entry] == [("Exchange", 1)]
    about = words_of(sonora.get(reverse("exchange:file", args=[asked])))
    assert "To Installation us1 (us1)" in about and "bring it to Installation us1 (us1) in any way" in about
    assert "Download the signed file" in about and "signed, not encrypted" in about
    file = downloaded(sonora, asked)
    assert file["Content-Disposition"] == f'attachment; filename="{asked}_1.cotrace.json"'
    assert file["Cache-Control"] == "no-store"
    assert parse_file(file.content).envelope.recipient == US
    assert AuditEvent.objects.filter(action="exchange.exported", subject=asked).count() == 1
    after = sonora.get(reverse("exchange:messages"))
    assert "Taken out, not acknowledged yet" in words_of(after)
    assert [each.count for each in after.context["navigation"] if each.url == reverse("exchange:messages")] == [None]


def test_the_notice_of_a_waiting_message_leads_to_its_file(sonora: Client) -> None:
    asked = submitted()
    inbox = sonora.get(reverse("notices:inbox")).content.decode()
    assert f'href="{reverse("exchange:file", args=[asked])}"' in inbox


def test_a_message_whose_time_is_over_offers_a_new_one_only(sonora: Client, stopped_clock) -> None:
    asked = submitted()
    downloaded(sonora, asked)
    with clock.frozen_at(stopped_clock + timedelta(minutes=5)):
        assert "You can download the same file until" in words_of(sonora.get(reverse("exchange:file", args=[asked])))
    with clock.frozen_at(stopped_clock + timedelta(days=31)):
        client = client_of("FGE-SON", name="Eva Luna")
        words = words_of(client.get(reverse("exchange:file", args=[asked])))
        assert "Send it again as a new message" in words and "Download the signed file" not in words
        again = downloaded(client, asked, message=f"{asked}_1", again="yes")
        assert parse_file(again.content).envelope.message_id == f"{asked}_2"
        words = words_of(client.get(reverse("exchange:file", args=[asked])))
        assert f"{asked}_2" in words and f"{asked}_1" not in words
        assert "Replaced by a newer one" in words_of(client.get(reverse("exchange:messages")))


def test_what_the_other_side_said_stands_on_the_page_of_the_record(sonora: Client) -> None:
    asked = submitted()
    sent = downloaded(sonora, asked).content
    taken = offered(sonora, acknowledgement_letter(sent))
    assert taken.status_code == 302
    assert "acknowledgement of Installation us1 (us1) was taken" in said_on(sonora.get(taken.url))
    assert "Installation us1 (us1) acknowledged it on 2 Mar 2026" in words_of(sonora.get(reverse("exchange:file", args=[asked])))
    refused = submitted("XYZ-1")
    sent = downloaded(sonora, refused).content
    offered(
        sonora,
        acknowledgement_letter(
            sent, sequence=2, disposition=Disposition.REFUSED, code="trace_request_incomplete", number=None
        ),
    )
    words = words_of(sonora.get(reverse("exchange:file", args=[refused])))
    assert "Installation us1 (us1) refused it" in words and "Send again as a new message" in words


def test_a_result_is_taken_and_leads_to_its_acknowledgement(sonora: Client) -> None:
    asked = submitted()
    sent = downloaded(sonora, asked).content
    taken = offered(sonora, result_letter(sent))
    page = sonora.get(taken.url)
    words = words_of(page)
    assert f"It answers your request {asked}" in said_on(page) and "has not written it yet" in words
    answer = sonora.post(f"{taken.url}/acknowledgement")
    found = parse_acknowledgement(parse_file(answer.content).envelope.payload)
    assert (found.disposition, found.number) == (Disposition.ACCEPTED, asked)
    assert "Your agency wrote it on" in words_of(sonora.get(taken.url))


def test_the_centre_takes_a_request_and_its_page_leads_back_to_where_it_came_from(centre: Client) -> None:
    taken = offered(centre, letter(STRANGER))
    trace = Trace.objects.get().holding_id
    assert f"Here it is trace {trace}" in said_on(centre.get(taken.url))
    about = words_of(centre.get(reverse("exchange:file", args=[trace])))
    assert "Came from Installation mx1 (mx1) as a signed file" in about and "Nothing of it leaves" in about


def test_the_pages_of_the_request_and_of_the_trace_hold_the_file(sonora: Client, centre: Client) -> None:
    asked = submitted()
    page = sonora.get(reverse("tracing:request", args=[asked]))
    assert "Signed files" in words_of(page) and "Download the signed file" in words_of(page)
    assert f'action="{reverse("exchange:file", args=[asked])}"' in page.content.decode()
    taken = offered(centre, letter(STRANGER))
    trace = Trace.objects.get().holding_id
    about = centre.get(reverse("tracing:trace", args=[trace]))
    assert "Came from Installation mx1 (mx1) as a signed file" in words_of(about)
    assert f'href="{taken.url}"' in about.content.decode()
    assert f'href="{reverse("tracing:trace", args=[trace])}"' in centre.get(taken.url).content.decode()


def test_a_request_that_stays_here_shows_nothing_of_files(sonora: Client) -> None:
    asked = trace_submit(SONORA, document=document("HERE-1"), centre="ATF")
    outbox.drain()
    assert "Signed files" not in words_of(sonora.get(reverse("tracing:request", args=[asked])))
    assert "Nothing of it leaves" in words_of(sonora.get(reverse("exchange:file", args=[asked])))


def test_who_may_not_read_messages_sees_no_panel() -> None:
    asked = submitted()
    recorder = signed_in(Client(), member_exists("FGE-SON", name="Leo Paz", roles=("recorder",)))
    page = recorder.get(reverse("tracing:request", args=[asked]))
    assert page.status_code == 200 and "Signed files" not in words_of(page)


def test_the_same_file_again_is_taken_before_and_leads_to_what_was_done(centre: Client) -> None:
    taken = offered(centre, letter(STRANGER))
    again = offered(centre, letter(STRANGER))
    assert again.status_code == 409
    words = words_of(again)
    assert "Taken before" in words and "nothing was done twice" in words
    assert f'href="{taken.url}"' in again.content.decode()
    assert Trace.objects.count() == 1


def test_a_replay_tells_another_agency_nothing_of_what_was_done_with_it(centre: Client) -> None:
    content = letter(STRANGER)
    offered(centre, content)
    page = offered(client_of("FGR", name="Eva Luna"), content)
    assert page.status_code == 409 and "What your agency did with it" not in words_of(page)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", NOT_OURS),
        (b"\x00\xff garbage \x89PNG", NOT_OURS),
        (b"{}", NOT_OURS),
        (b'{"format":"cotrace-exchange","version":1}', "The file does not have the agreed form."),
        (b'{"format":"cotrace-exchange","version":2}', "The file is of version 2; this installation reads version 1."),
        (b"[" * 5000, NOT_OURS),
        (b"PK\x03\x04" + b"0" * 400, NOT_OURS),
    ],
)
def test_garbage_is_refused_in_words_and_kept_as_refused(centre: Client, content: bytes, words: str) -> None:
    page = offered(centre, content)
    assert page.status_code == 422
    shown = words_of(page)
    assert "Not taken" in shown and words in shown and "Nothing was done." in shown
    assert RefusedFile.objects.get().agency == "ATF"
    log = words_of(centre.get(reverse("exchange:messages")))
    assert "Not acted on" in log and "Sender unknown" in log


def test_a_file_too_large_is_refused_before_it_is_read(centre: Client) -> None:
    page = offered(centre, b" " * (LARGEST_FILE + 1))
    assert page.status_code == 422 and "The document is too large." in words_of(page)
    assert RefusedFile.objects.count() == 0
    nothing = centre.post(reverse("exchange:receive"), {})
    assert nothing.status_code == 422 and "Signed file" in words_of(nothing)


def test_an_altered_file_is_refused_whoever_altered_it(centre: Client) -> None:
    content = letter(STRANGER).replace(b"ABC-1234", b"ABC-1239")
    page = offered(centre, content)
    words = words_of(page)
    assert page.status_code == 409
    assert "The file was changed after it was signed." in words and "Claims to come from Installation mx1 (mx1)" in words
    assert Trace.objects.count() == 0
    log = words_of(centre.get(reverse("exchange:messages")))
    assert "Claims to come from Installation mx1 (mx1)" in log and "The file was changed after it was signed." in log


def test_a_file_that_left_from_here_is_said_to_whether_it_is_anybodys_or_made_up(sonora: Client) -> None:
    own = downloaded(sonora, submitted()).content
    stranger = client_of("FGR", name="Eva Luna")
    pages = [offered(client, each) for client in (sonora, stranger) for each in (own, letter(sender="test", recipient=US))]
    for page in pages:
        words = words_of(page)
        assert page.status_code == 409 and "This file came from this installation." in words
        assert "Claims to be for Installation us1 (us1)" in words and "not in the register" not in words
    assert "What your agency did with it" not in words_of(pages[0])


def test_a_name_in_a_file_is_text_and_never_markup(centre: Client) -> None:
    page = offered(centre, letter(STRANGER), name="<img src=x onerror=alert(1)>.json")
    assert "<img" not in centre.get(page.url).content.decode()


def test_a_file_for_another_agency_is_refused_like_one_that_answers_nothing(sonora: Client) -> None:
    asked = submitted()
    sent = record_file(SONORA, number=asked).content
    stranger = client_of("FGR", name="Eva Luna")
    theirs = offered(stranger, result_letter(sent))
    made_up = result_letter(sent, in_reply_to=f"{number('TR', 'TEST', '00000000001')}_1")
    nobodys = offered(stranger, made_up)
    assert theirs.status_code == nobodys.status_code == 409
    said = "The file answers a message that your agency never sent."
    assert said in words_of(theirs) and said in words_of(nobodys)
    assert offered(sonora, result_letter(sent)).status_code == 302


def test_a_request_where_no_centre_works_stays_for_the_centre(centre: Client) -> None:
    page = offered(client_of("FGR", name="Eva Luna"), letter(STRANGER))
    assert page.status_code == 409 and "your agency runs no tracing centre here" in words_of(page)
    assert offered(centre, letter(STRANGER)).status_code == 302


def test_a_proven_request_that_cannot_be_taken_is_acknowledged_as_refused(centre: Client) -> None:
    page = offered(centre, letter(STRANGER, payload=INCOMPLETE))
    words = words_of(page)
    assert page.status_code == 422 and "kept as refused" in words and "crime_code" in words
    row = ReceivedMessage.objects.get()
    here = reverse("exchange:received", args=[row.message, MX])
    assert f'href="{here}"' in page.content.decode()
    assert "Understood and refused" in words_of(centre.get(here))
    answer = parse_acknowledgement(parse_file(centre.post(f"{here}/acknowledgement").content).envelope.payload)
    assert (answer.disposition, answer.code) == (Disposition.REFUSED, "trace_request_incomplete")


def test_what_is_anothers_and_what_is_not_there_are_one_answer(centre: Client) -> None:
    asked = submitted()
    offered(centre, letter(STRANGER))
    taken = ReceivedMessage.objects.get()
    stranger = client_of("PD-EP", name="Eva Luna")
    nowhere = number("TR", "TEST", "00000000001")
    pairs = [
        (reverse("exchange:file", args=[asked]), reverse("exchange:file", args=[nowhere])),
        (
            reverse("exchange:received", args=[taken.message, MX]),
            reverse("exchange:received", args=[f"{nowhere}_1", MX]),
        ),
    ]
    for theirs, absent in pairs:
        assert {stranger.get(each).status_code for each in (theirs, absent)} == {404}
        assert bytes_of(stranger.get(theirs)) == bytes_of(stranger.get(absent))
    posts = [
        (reverse("exchange:file", args=[asked]), reverse("exchange:file", args=[nowhere])),
        (f"{pairs[1][0]}/acknowledgement", f"{pairs[1][1]}/acknowledgement"),
    ]
    for theirs, absent in posts:
        assert stranger.post(theirs).status_code == stranger.post(absent).status_code == 404
        assert bytes_of(stranger.post(theirs)) == bytes_of(stranger.post(absent))
    assert words_of(stranger.get(reverse("exchange:messages"))).count("No messages yet") == 1
    assert SentMessage.objects.get().state == "waiting"


def test_the_list_is_narrowed_by_each_filter_and_by_what_nobody_understands_not_at_all(sonora: Client) -> None:
    first, second = submitted(), submitted("XYZ-1")
    sent = downloaded(sonora, first).content
    offered(sonora, acknowledgement_letter(sent))
    offered(sonora, b"{}")

    def shown(**asked: str) -> tuple[bool, bool, bool, bool]:
        rows = sonora.get(reverse("exchange:messages"), asked).context["table"].rows
        kinds = [(str(row.cells[0]), str(row.cells[1])) for row in rows]
        return (
            ("Trace request", "To Installation us1 (us1)") in kinds,
            kinds.count(("Trace request", "To Installation us1 (us1)")) == 2,
            ("Acknowledgement", "From Installation us1 (us1)") in kinds,
            ("File", "Sender unknown") in kinds,
        )

    assert shown() == (True, True, True, True)
    assert shown(direction="sent") == (True, True, False, False)
    assert shown(direction="received") == (False, False, True, False)
    assert shown(direction="refused") == (False, False, False, True)
    assert shown(kind="trace_request") == (True, True, False, False)
    assert shown(state="waiting") == (True, False, False, False)
    assert shown(state="refused") == (False, False, False, True)
    assert shown(peer=US) == (True, True, True, False)
    assert shown(peer=MX) == (False, False, False, False)
    assert shown(record=second.lower()) == (True, False, False, False)
    assert shown(record=first) == (True, False, True, False)
    assert shown(direction="sideways", at="yesterday", kind="rumour") == (True, True, True, True)


def test_a_long_list_goes_on_page_by_page_without_losing_or_repeating_a_row(stopped_clock) -> None:
    """Many rows of one moment are the hard case: the clock stands still in all of them."""
    for each in range(PAGE_SIZE + 30):
        moment = stopped_clock + timedelta(minutes=each // 25)
        SentMessage.objects.create(
            peer_id=US, agency="FGR", kind="trace_request", record=f"TR-{each}", message=f"TR-{each}_1",
            state="waiting", noted_at=moment,
        )  # fmt: skip
    for each in range(40):
        RefusedFile.objects.create(
            agency="FGR", offered_by="x", offered_at=stopped_clock, sha256=f"{each:064x}", code="json_malformed"
        )
    seen: list[object] = []
    at = ""
    while True:
        page = exchange_log(agent("FGR"), where=LogFilter(), at=at)
        assert len(page.rows) <= PAGE_SIZE
        seen += page.rows
        if not page.older:
            break
        assert re.fullmatch(r"\d{8}T\d{6}\.\d{6}~\d+", page.older), "no row's own number is told"
        at = page.older
    assert len(seen) == len(set(map(str, seen))) == PAGE_SIZE + 30 + 40
    client = client_of("FGR", name="Eva Luna")
    first = client.get(reverse("exchange:messages"))
    assert "120" in words_of(first)
    assert len(client.get(first.context["pager"].older_url).context["table"].rows) == PAGE_SIZE


def test_keys_are_shown_in_groups_to_be_read_aloud_and_nothing_can_be_changed(sonora: Client) -> None:
    own = own_key(SONORA)
    page = sonora.get(reverse("exchange:peers"))
    words = words_of(page)
    assert "us1" in words and "mx1" in words and "Others know this installation by the code test" in words
    assert " ".join(own.key_id[at : at + 4] for at in range(0, 32, 4)) in words
    one = words_of(sonora.get(reverse("exchange:peer", args=[US])))
    assert "Counts now" in one and "Call its people at a number that you knew before" in one
    file = sonora.get(reverse("exchange:key_file"))
    assert file.content.decode() == f"{own.key}\n"
    assert file["Content-Disposition"] == 'attachment; filename="test.cotrace-key.txt"'
    for name, args in (("exchange:peers", []), ("exchange:peer", [US]), ("exchange:key_file", [])):
        assert sonora.post(reverse(name, args=args)).status_code == 405
    assert sonora.get(reverse("exchange:peer", args=["mx9"])).status_code == 404


def test_an_installation_that_is_switched_off_is_said_to_be_and_gets_nothing(sonora: Client) -> None:
    asked = submitted()
    peer_close(installation_principal(), code=US)
    assert "Switched off" in words_of(sonora.get(reverse("exchange:peer", args=[US])))
    assert "Download the signed file" not in words_of(sonora.get(reverse("exchange:file", args=[asked])))
    refused = downloaded(sonora, asked)
    assert refused.status_code == 409 and "No active installation with the code us1" in words_of(refused)


def test_a_request_to_an_installation_that_nobody_entered_says_whom_to_ask(sonora: Client) -> None:
    centre_put(
        installation_principal(), centre=CentreValues(agency="XC", call_back=CALL_BACK, installation="xx9")
    )
    asked = trace_submit(SONORA, document=document(), centre="XC")
    outbox.drain()
    assert "xx9, which is not in the register" in words_of(sonora.get(reverse("exchange:file", args=[asked])))
    peer_exists("xx9", signer=THIRD)
    words = words_of(sonora.get(reverse("exchange:file", args=[asked])))
    assert "To Installation xx9 (xx9)" in words and "Download the signed file" in words


def test_each_page_asks_for_its_own_permission() -> None:
    asked = submitted()
    needed = {
        ExchangePermission.READ: [
            ("get", reverse("exchange:messages")),
            ("get", reverse("exchange:file", args=[asked])),
            ("get", reverse("exchange:received", args=["x", US])),
            ("get", reverse("exchange:peers")),
            ("get", reverse("exchange:peer", args=[US])),
            ("get", reverse("exchange:key_file")),
        ],
        ExchangePermission.EXPORT: [
            ("post", reverse("exchange:file", args=[asked])),
            ("post", reverse("exchange:acknowledgement", args=["x", US])),
        ],
        ExchangePermission.IMPORT: [("get", reverse("exchange:receive")), ("post", reverse("exchange:receive"))],
    }
    recorder = signed_in(Client(), member_exists("FGE-SON", name="Leo Paz", roles=("recorder",)))
    for addresses in needed.values():
        for method, address in addresses:
            assert getattr(recorder, method)(address).status_code == 403, address
    tracer = signed_in(Client(), member_exists("ATF", name="Ida Cruz", roles=("tracer",)))
    assert tracer.get(reverse("exchange:messages")).status_code == 200


def test_every_reason_is_said_whole_in_both_languages_from_its_code_alone() -> None:
    codes = [*Refusal, "exchange_version_unknown", "envelope_malformed", "json_too_large", "a_code_of_tomorrow"]
    for language in ("en", "es"):
        with translation.override(language):
            said = [reason_words(code) for code in codes]
            assert not [each for each in said if "%(" in each]
            assert "a_code_of_tomorrow" in said[-1]


def test_the_pages_speak_spanish() -> None:
    submitted()
    client = client_of("FGE-SON")
    client.cookies["cotrace_language"] = "es"
    words = words_of(client.get(reverse("exchange:messages")))
    assert "Solicitud de rastreo" in words and "Trace request" not in words
