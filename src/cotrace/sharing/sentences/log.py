"""Events of the log in words: who acted, what came of it. Every function answers in the active language."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from cotrace.doors.sentences import known_codes, sentence, whole_sentence
from cotrace.foundation.principal import INSTALLATION_ID

REFUSED = "refused:"

Acts = list[tuple[str, list[tuple[str, str]]]]
"""Acts under the words of their subject: (words, [(code, words)])."""

_SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("Seizures"), ("seizure",)),
    (_("Guns"), ("firearm",)),
    (_("Traces"), ("trace",)),
    (_("Memoranda, circles, emergency sessions"), ("agreement", "circle", "emergency")),
    (_("Exchange with other installations"), ("exchange",)),
    (_("Members and roles"), ("agency", "member", "role", "roles")),
    (
        _("Signing in"),
        ("account", "address", "factor", "link", "password", "provider", "recovery_codes", "session", "terminal", "token"),
    ),
)
_REST = _("Notices, log, system")

_OUTCOMES: Mapping[str, str] = {
    "done": _("done"),
    "disclosed": _("shown"),
    "accepted": _("accepted"),
    "refused": _("refused"),
}


def actor_words(*, actor: str, agency: str, person: str, is_own: bool) -> str:
    """Return who acted: a colleague by name, others by their agency alone, or what no person did."""
    if actor == INSTALLATION_ID:
        return gettext("The operator of this installation")
    if actor == "worker":
        return gettext("The system, in the background")
    if person:
        return person
    if is_own:
        return gettext("Somebody who has left your agency") if actor else gettext("Nobody signed in")
    return gettext("Somebody at %(agency)s") % {"agency": agency} if agency else gettext("Nobody signed in")


def did_words(action: str, *, emergency: str) -> str:
    """Return an act in words; a route that was refused by its name; with the emergency session it needed."""
    code = f"act_{action}"
    unnamed = gettext("asked for a page or an act that has no words here (%(route)s)")
    words = sentence(code) if code in known_codes() else unnamed % {"route": action}
    if not emergency:
        return words
    return gettext("%(act)s, by emergency session %(number)s") % {"act": words, "number": emergency}


def outcome_words(outcome: str) -> str:
    """Return what came of an act; the bare code where it is unknown."""
    if not outcome.startswith(REFUSED):
        return gettext(_OUTCOMES[outcome]) if outcome in _OUTCOMES else outcome
    code = outcome.removeprefix(REFUSED)
    return whole_sentence(code) or gettext("Refused for a reason that has no words here (%(code)s)") % {"code": code}


def acts_offered() -> Acts:
    """Return every act that can stand in a log, under its subject; with its code where the words say too little."""
    acts = [code.removeprefix("act_") for code in known_codes() if code.startswith("act_")]
    of = {first: words for words, firsts in _SUBJECTS for first in firsts}
    return [
        (gettext(words), _acts_in_words([act for act in acts if of.get(act.partition(".")[0], _REST) == words]))
        for words in (*(words for words, _firsts in _SUBJECTS), _REST)
    ]


def _acts_in_words(acts: list[str]) -> list[tuple[str, str]]:
    """Return acts of one subject by their words; two that read alike keep their codes."""
    said = {act: sentence(f"act_{act}") for act in acts}
    alike = Counter(said.values())
    named = ((act, f"{words} ({act})" if alike[words] > 1 else words) for act, words in said.items())
    return sorted(named, key=lambda each: each[1].casefold())
