"""Codes into sentences: what happened, which input, what to do next; never blame, never a hint.

Each subject registers the sentences of its own codes. A code without a sentence fails a test.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from cotrace.foundation.errors import CotraceError, FieldProblem, Param

_sentences: dict[str, str] = {
    "not_found": _("There is no such page or record, or it is not yours to see."),
    "method_not_allowed": _("This address does not take that method."),
    "denied": _("Your role does not allow this. Ask your agency's administrator."),
    "permission_missing": _("Your role does not allow this. Ask your agency's administrator."),
    "agency_missing": _("This account belongs to no agency and can hold no records."),
    "sign_in_required": _("Please sign in."),
    "form_not_kept": _(
        "You were no longer signed in when you sent the form: what it held was not saved. Sign in and enter it again."
    ),
    "session_locked": _("Your session was locked after a time without activity. Please sign in again."),
    "token_invalid": _("The token is not valid, has expired or was revoked. Make a new one under Account."),
    "input_malformed": _("The request could not be read. Check its form and send it again."),
    "form_too_large": _("More was sent than this page takes in; none of it was looked at. Send a smaller file."),
    "required": _("Please fill in this field."),
    "text_unseen": _("This holds characters that do not show. Type it again."),
    "unexpected": _("Something failed on our side; nothing was saved. Try again, and report it if it persists."),
    "too_many_requests": _("Too many attempts. Wait a few minutes and try again."),
}


def register_sentences(table: Mapping[str, str]) -> None:
    """Add a subject's sentences (English source texts, marked with gettext_noop)."""
    for code, sentence in table.items():
        if _sentences.setdefault(code, sentence) != sentence:
            raise ValueError(f"two sentences for one code: {code}")


def known_codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_sentences)


def sentence(code: str, params: Mapping[str, Param] | None = None) -> str:
    """Return the sentence of a code in the active language, its named placeholders filled."""
    template = gettext(_sentences.get(code, _sentences["unexpected"]))
    return template % params if params else template


def sentence_of(error: CotraceError | FieldProblem) -> str:
    """Return the sentence of a refusal or of a field's problem."""
    return sentence(error.code, dict(error.params))


def whole_sentence(code: str) -> str:
    """Return the sentence of a code that came without its parameters; empty where it has none, or needs them."""
    template = gettext(_sentences[code]) if code in _sentences else ""
    return "" if "%(" in template else template
