"""What the routes about licence numbers and ATF's published list give."""

from datetime import datetime

from ninja import Schema

from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.api.register_schemas import LicenseeOut
from cotrace.tracing.reads.ffl_words import licence_questions
from cotrace.tracing.reads.published import PublishedRead
from cotrace.tracing.reads.register import LicenseeRead
from cotrace.tracing.rules.trace_view import Role


class QuestionOut(Schema):
    """Something doubtful about a licence number; it blocks nothing."""

    code: str
    message: str


class PublishedOut(Schema):
    """A licensee as ATF published it. `name` and `address` are ready to be entered, `role` is what its type suggests.

    `edition` is the newest that lists it; `is_listed` is false where a newer one covers its state and leaves it out.
    """

    number: str
    short_number: str
    licence_type: str
    expires: str
    name: str
    licence_name: str
    business_name: str
    address: str
    street: str
    city: str
    state: str
    zip_code: str
    phone: str
    role: Role
    edition: str
    newest_edition: str
    is_listed: bool
    loaded_at: datetime


class LicenseeDetailOut(LicenseeOut):
    """A licensee in the register, what is doubtful about its number, and what ATF published of it; null for nothing."""

    questions: list[QuestionOut]
    published: PublishedOut | None


def licensee_detail(read: LicenseeRead, published: PublishedRead | None) -> LicenseeDetailOut:
    """Return the JSON form of a licensee that was opened."""
    plain = LicenseeOut.from_orm(read).dict()
    asked = licence_questions(read.number, address=read.address)
    shown = PublishedOut.from_orm(published) if published else None
    return LicenseeDetailOut(**plain, questions=[_question(each) for each in asked], published=shown)


def _question(asked: FieldProblem) -> QuestionOut:
    return QuestionOut(code=asked.code, message=sentence_of(asked))
