"""The one hierarchy of refusals.

A refusal carries a stable code and typed parameters, never prose: doors turn codes into
sentences in the reader's language (`cotrace.doors.sentences`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

Param = str | int | float | None


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one input: where (`field`), what (`code`), and with which values."""

    field: str
    code: str
    params: tuple[tuple[str, Param], ...] = ()


class CotraceError(Exception):
    """Something the system refuses or cannot do.

    `code` is stable and documented; `params` fill the placeholders of its sentence.
    """

    exit_code = 1
    http_status = 409

    def __init__(self, code: str, *, fields: tuple[FieldProblem, ...] = (), **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.params: Mapping[str, Param] = params


class Refused(CotraceError):  # noqa: N818 - a refusal, read as a word
    """A rule says no: the state of things does not allow it."""


class Invalid(CotraceError):  # noqa: N818 - a refusal, read as a word
    """The input is malformed or incomplete; `fields` says where."""

    exit_code = 2
    http_status = 422


class TooLarge(Invalid):
    """More was sent than this door takes in; none of it was looked at."""

    http_status = 413


class NotFound(CotraceError):  # noqa: N818 - a refusal, read as a word
    """Absent or not yours: one answer for both."""

    exit_code = 3
    http_status = 404

    def __init__(self) -> None:
        super().__init__("not_found")


class Denied(CotraceError):  # noqa: N818 - a refusal, read as a word
    """The principal's role does not allow the act, whatever the object."""

    exit_code = 4
    http_status = 403

    def __init__(self, code: str = "denied", **params: Param) -> None:
        super().__init__(code, fields=(), **params)


class MethodNotAllowed(CotraceError):  # noqa: N818 - a refusal, read as a word
    """The address is there, but not for this method."""

    exit_code = 2
    http_status = 405

    def __init__(self) -> None:
        super().__init__("method_not_allowed")


class SignInRequired(CotraceError):  # noqa: N818 - a refusal, read as a word
    """Nobody is signed in, or the session is locked."""

    exit_code = 4
    http_status = 401

    def __init__(self, code: str = "sign_in_required") -> None:
        super().__init__(code)


class Unavailable(CotraceError):  # noqa: N818 - a refusal, read as a word
    """A thing this act needs is out of reach just now; trying again later may work."""

    exit_code = 1
    http_status = 503
