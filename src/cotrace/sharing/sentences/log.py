"""Events of the log in words: who acted, what came of it. Every function answers in the active language."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from cotrace.doors.sentences import known_codes, sentence, whole_sentence
from cotrace.foundation.principal import INSTALLATION_ID

REFUSED = "refused:"

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
    words = sentence(code) if code in known_codes() else gettext("asked for “%(route)s”") % {"route": action}
    if not emergency:
        return words
    return gettext("%(act)s, by emergency session %(number)s") % {"act": words, "number": emergency}


def outcome_words(outcome: str) -> str:
    """Return what came of an act; the bare code where it is unknown."""
    if not outcome.startswith(REFUSED):
        return gettext(_OUTCOMES[outcome]) if outcome in _OUTCOMES else outcome
    code = outcome.removeprefix(REFUSED)
    return whole_sentence(code) or gettext("Refused: %(code)s") % {"code": code}


def acts_offered() -> list[tuple[str, str]]:
    """Return every act that can stand in a log, by its code: the words alone do not say of what."""
    acts = [code.removeprefix("act_") for code in known_codes() if code.startswith("act_")]
    return [(act, f"{act}: {sentence(f'act_{act}')}") for act in sorted(acts)]
