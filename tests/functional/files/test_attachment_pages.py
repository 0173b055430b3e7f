"""Photographs and documents on the pages of a gun: adding them, one by itself, the files, withdrawing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.files.models import Attachment
from cotrace.sharing.rules.levels import Level
from tests.functional.firearms.test_firearm_pages import gun_exists
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.pictures import from_telephone, opened, opinion, photograph
from tests.support.world import memorandum

pytestmark = pytest.mark.django_db
NOWHERE = "AT-TEST-0000-0000-0000"


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


@pytest.fixture
def gun(cast) -> str:
    return gun_exists(seizure_exists("FGR"))


@pytest.fixture
def expert(cast) -> Client:
    return client_of("FGR")


def sent(client: Client, gun: str, *files: tuple[str, bytes], camera: bytes = b"", **words: str):
    """Post the form as a browser does: chosen files, and one from the camera."""
    form: dict[str, object] = {"kind": "serial", "caption": "", **words}
    form["several"] = [SimpleUploadedFile(name, content) for name, content in files]
    if camera:
        form["photograph"] = SimpleUploadedFile("image.jpg", camera)
    return client.post(f"/attachments/add/{gun}/", form)


def attached(client: Client, gun: str, content: bytes | None = None, **words: str) -> str:
    assert sent(client, gun, ("a.jpg", content or from_telephone()), **words).status_code == 302
    return Attachment.objects.order_by("-added_at").values_list("number", flat=True)[0]


def test_several_photographs_come_in_one_go_and_stand_on_the_page_of_the_gun(expert, gun) -> None:
    assert "Nothing is attached yet" in words_of(expert.get(f"/firearms/{gun}/"))
    response = sent(expert, gun, ("a.jpg", photograph("A")), ("b.png", photograph("B", form="PNG")), camera=photograph("C"))
    assert response.status_code == 302 and response["Location"] == f"/firearms/{gun}/"
    page = expert.get(f"/firearms/{gun}/")
    assert "3 files were attached." in page.content.decode() and "Photographs and documents" in words_of(page)
    for number in Attachment.objects.values_list("number", flat=True):
        assert f'src="/attachments/{number}/thumbnail/"' in page.content.decode()


def test_the_form_asks_for_the_camera_and_for_files_that_are_taken(expert, gun) -> None:
    for address in (f"/firearms/{gun}/", f"/attachments/add/{gun}/"):
        html = expert.get(address).content.decode()
        assert 'accept="image/jpeg,image/png,image/webp" capture="environment"' in html
        assert 'accept="image/jpeg,image/png,image/webp,application/pdf" multiple' in html
        assert 'enctype="multipart/form-data"' in html


def test_of_several_files_the_good_ones_are_taken_and_the_others_named(expert, gun) -> None:
    response = sent(expert, gun, ("good.jpg", photograph()), ("../../<b>evil.jpg", b"<svg onload=alert(1)>"), ("i.heic", b"\0\0\0\x18ftypheic"))
    said = words_of(response)
    assert response.status_code == 422 and Attachment.objects.count() == 1
    assert "1 file was attached." in said and "The format SVG is not taken." in said
    assert "i.heic: This is a HEIC picture" in said and "<b>" not in response.content.decode() and "../" not in said


@pytest.mark.parametrize(
    ("files", "words", "said"),
    [
        ([], {}, "Take a photograph, or choose a file."),
        ([("a.jpg", b"")], {}, "The file is empty"),
        ([("a.jpg", photograph())], {"kind": ""}, "Please fill in this field."),
        ([("a.jpg", photograph())], {"kind": "selfie"}, "Select a valid choice."),
        ([("a.jpg", photograph())], {"caption": "x" * 201}, "This is too long; at most 200 characters."),
        ([("a.jpg", photograph())], {"caption": "left\u202e"}, "This holds characters that do not show."),
        ([("a.pdf", opinion())], {}, "A PDF can be attached as an expert's opinion alone."),
        ([(f"{at}.jpg", b"x") for at in range(11)], {}, "At most 10 files are taken in one go."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_attached(expert, gun, files, words, said) -> None:
    response = sent(expert, gun, *files, **words)
    assert response.status_code == 422 and said in words_of(response)
    assert not Attachment.objects.exists()


def test_the_page_of_an_attachment_shows_copy_facts_and_custody(expert, gun) -> None:
    number = attached(expert, gun, caption="left side of the frame")
    page = expert.get(f"/attachments/{number}/")
    said = words_of(page)
    for words in ("Serial number", "left side of the frame", Attachment.objects.get().sha256, "Ana Ruiz", "Custody log", "received it"):
        assert words in said
    assert f'src="/attachments/{number}/picture/"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_a_document_is_shown_page_by_page(expert, gun) -> None:
    number = attached(expert, gun, opinion(pages=12), kind="opinion")
    page = expert.get(f"/attachments/{number}/")
    assert "The first 10 of 12 pages are shown." in words_of(page)
    assert f'src="/attachments/{number}/picture/?page=10"' in page.content.decode()
    assert opened(expert.get(f"/attachments/{number}/picture/?page=10").content).format == "JPEG"
    for wrong in ("11", "0", "-1", "x", "", "99999", "²"):
        assert expert.get(f"/attachments/{number}/picture/", {"page": wrong}).status_code == 404


def test_pictures_and_originals_leave_with_headers_that_let_nothing_run(expert, gun) -> None:
    number = attached(expert, gun)
    for part in ("thumbnail", "picture"):
        answer = expert.get(f"/attachments/{number}/{part}/")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", 'inline; filename="picture.jpg"')
        strict_headers(answer)
    assert expert.get(f"/attachments/{number}/original/").status_code == 405
    answer = expert.post(f"/attachments/{number}/original/")
    assert answer.content == from_telephone() and answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == f'attachment; filename="{number}.jpg"'
    strict_headers(answer)
    assert AuditEvent.objects.filter(action="attachment.original_taken", subject=number).count() == 1


def strict_headers(answer) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"] and "unsafe" not in answer["Content-Security-Policy"]


def test_a_partner_in_full_sees_the_copy_and_no_way_to_more(expert, gun) -> None:
    number = attached(expert, gun)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    partner = client_of("ATF", name="Ben Cole")
    assert number in partner.get(f"/firearms/{gun}/").content.decode()
    page = partner.get(f"/attachments/{number}/").content.decode()
    assert "original/" not in page and "Custody log" not in page and "Ana Ruiz" not in page and "withdraw/" not in page
    assert partner.get(f"/attachments/{number}/picture/").status_code == 200
    for address in ("original", "withdraw"):
        assert partner.post(f"/attachments/{number}/{address}/").status_code == 404
    assert partner.get(f"/attachments/add/{gun}/").status_code == 404
    assert sent(partner, gun, ("a.jpg", photograph("X"))).status_code == 404


def test_whoever_sees_less_gets_the_answer_for_what_is_not_there(expert, gun) -> None:
    number = attached(expert, gun)
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.TEAR_LINE)
    partner = client_of("ATF", name="Ben Cole")
    page = partner.get(f"/firearms/{gun}/").content.decode()
    assert "Photographs" not in page and "attachments" not in page
    for part in ("", "thumbnail/", "picture/", "withdraw/"):
        there, nowhere = (partner.get(f"/attachments/{each}/{part}") for each in (number, NOWHERE))
        assert there.status_code == nowhere.status_code == 404
        assert words_of(there) == words_of(nowhere)


def test_an_attachment_is_withdrawn_with_a_reason_and_stays_for_its_owner(expert, gun) -> None:
    first, second = attached(expert, gun), attached(expert, gun, photograph("AGAIN"))
    page = expert.get(f"/attachments/{first}/withdraw/")
    assert "Withdraw this attachment?" in words_of(page) and second in page.content.decode()
    assert expert.post(f"/attachments/{first}/withdraw/", {"reason": " "}).status_code == 422
    done = expert.post(f"/attachments/{first}/withdraw/", {"reason": "Blurred, taken again", "superseded_by": second})
    assert done["Location"] == f"/attachments/{first}/"
    said = words_of(expert.get(done["Location"]))
    assert "Blurred, taken again" in said and second in said and "withdrew it" in said
    assert "1 withdrawn" in words_of(expert.get(f"/firearms/{gun}/"))
    assert expert.get(f"/attachments/{first}/withdraw/").status_code == 404


def test_a_reader_who_may_not_describe_is_shown_no_form(gun) -> None:
    reader = client_of("FGR", name="Lea Paz", roles=("prosecutor",))
    page = words_of(reader.get(f"/firearms/{gun}/"))
    assert "Nothing is attached." in page and "Add photographs" not in page
    assert reader.get(f"/attachments/add/{gun}/").status_code == 404
    assert sent(reader, gun, ("a.jpg", photograph())).status_code == 403


def test_the_box_on_every_page_finds_an_attachment_by_its_number(expert, gun) -> None:
    number = attached(expert, gun)
    assert expert.post("/find", {"q": number.lower()})["Location"] == f"/attachments/{number}/"


def test_it_is_all_in_spanish_too(expert, gun) -> None:
    spanish = {"headers": {"accept-language": "es"}}
    number = attached(expert, gun)
    expert.cookies["cotrace_language"] = "es"
    assert "Fotografías y documentos" in words_of(expert.get(f"/firearms/{gun}/", **spanish))
    assert "Registro de custodia" in words_of(expert.get(f"/attachments/{number}/", **spanish))
