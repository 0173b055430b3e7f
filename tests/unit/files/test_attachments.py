"""What can be attached as what, and which words stand beside it."""

import pytest

from cotrace.files.rules.attachments import (
    CAPTION_LENGTH,
    REASON_LENGTH,
    AttachmentKind,
    attachment_problems,
    is_taken_as,
    tidy,
    withdrawal_problems,
)
from cotrace.files.rules.pictures import MediaType
from cotrace.files.sentences.attachments import KINDS, MEDIA_TYPES


def test_a_mark_is_shown_by_a_photograph_and_an_opinion_by_a_pdf_too() -> None:
    for kind in AttachmentKind:
        assert all(is_taken_as(kind, each) for each in (MediaType.JPEG, MediaType.PNG, MediaType.WEBP))
        assert is_taken_as(kind, MediaType.PDF) is (kind is AttachmentKind.OPINION)


def test_every_kind_and_type_has_words() -> None:
    assert set(KINDS) == set(AttachmentKind)
    assert set(MEDIA_TYPES) == set(MediaType)


@pytest.mark.parametrize(
    ("kind", "caption", "wrong"),
    [
        ("serial", "left side of the frame", []),
        ("opinion", "", []),
        ("selfie", "", [("kind", "attachment_kind_unknown")]),
        ("", "", [("kind", "attachment_kind_unknown")]),
        ("serial", "x" * CAPTION_LENGTH, []),
        ("serial", "x" * (CAPTION_LENGTH + 1), [("caption", "attachment_text_too_long")]),
        ("serial", "left\u202eedis", [("caption", "text_unseen")]),
        ("serial", "left\x1b[2J", [("caption", "text_unseen")]),
    ],
)
def test_the_words_of_an_attachment(kind: str, caption: str, wrong: list[tuple[str, str]]) -> None:
    assert [(each.field, each.code) for each in attachment_problems(kind, caption=caption)] == wrong


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "required"), ("x" * (REASON_LENGTH + 1), "attachment_text_too_long"), ("a\u200bb", "text_unseen"), ("blurred", "")],
)
def test_a_withdrawal_needs_a_reason(reason: str, code: str) -> None:
    assert [each.code for each in withdrawal_problems(reason)] == ([code] if code else [])


def test_tidying_twice_is_tidying_once() -> None:
    for text in ("  a\r\nb ", "cafe\u0301", "", "\n"):
        assert tidy(tidy(text)) == tidy(text)
