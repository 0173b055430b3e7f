"""Decides what can be attached to a record as what, and which words may stand beside it.

A marking is shown by a photograph; the opinion of an expert may be a PDF or photographed pages. Authority: DESIGN
section 4 ("attachments point at holdings"), the markings that a trace is made from (ATF Form 3312.1, items 4 to 11).
Tests: tests/unit/files/test_attachments.py.
"""

from enum import StrEnum

from cotrace.files.rules.pictures import MediaType
from cotrace.foundation.errors import FieldProblem
from cotrace.foundation.rules.texts import has_unseen, one_form

CAPTION_LENGTH = 200
REASON_LENGTH = 500
MOST_AT_ONCE = 10
"""How many files one form takes."""

MOST_OF_RECORD = 60
"""How many attachments that count one record has at most."""


class AttachmentKind(StrEnum):
    """What an attachment shows. Stored by value; the words are in `sentences.attachments`."""

    SERIAL = "serial"
    MAKE = "make"
    MODEL = "model"
    CALIBRE = "calibre"
    IMPORTER = "importer"
    WHOLE = "whole"
    OTHER = "other"
    OPINION = "opinion"


PHOTOGRAPHS = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
TAKEN_AS: dict[AttachmentKind, frozenset[MediaType]] = {
    **dict.fromkeys(AttachmentKind, PHOTOGRAPHS),
    AttachmentKind.OPINION: PHOTOGRAPHS | {MediaType.PDF},
}
"""Kind of attachment -> what its file can be."""


def tidy(text: str) -> str:
    """Return a caption or a reason as it is kept: one form of letters, no blanks around it. Twice is once."""
    return one_form(text).strip()


def attachment_problems(kind: str, *, caption: str) -> list[FieldProblem]:
    """Return what is wrong with the words of a new attachment, by field; `caption` is tidy."""
    problems = []
    if kind not in set(AttachmentKind):
        problems.append(FieldProblem("kind", "attachment_kind_unknown"))
    return problems + _text_problems("caption", caption, longest=CAPTION_LENGTH)


def withdrawal_problems(reason: str) -> list[FieldProblem]:
    """Return what is wrong with the reason of a withdrawal; it is tidy."""
    if not reason:
        return [FieldProblem("reason", "required")]
    return _text_problems("reason", reason, longest=REASON_LENGTH)


def _text_problems(field: str, text: str, *, longest: int) -> list[FieldProblem]:
    if len(text) > longest:
        return [FieldProblem(field, "attachment_text_too_long", (("maximum", longest),))]
    return [FieldProblem(field, "text_unseen")] if has_unseen(text, besides="\n") else []


def is_taken_as(kind: AttachmentKind, media_type: MediaType) -> bool:
    """Tell whether a file of this type can be attached as this kind."""
    return media_type in TAKEN_AS[kind]
