"""Why one sees a record, who else can, and who looked: the decision's codes as whole sentences.

One sentence per case, none put together from fragments, so that each language can say it its own way.
Every function answers in the active language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from cotrace.doors.sentences import known_codes, sentence
from cotrace.sharing.rules.levels import Decision, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason in words; `agreement` is the number of the memorandum it names, or empty."""

    sentence: str
    agreement: str = ""


_BY_AGREEMENT: Mapping[Level, str] = {
    Level.FULL: _("You see this in full because %(owner)s and your agency signed a memorandum that says so."),
    Level.TEAR_LINE: _(
        "You see the tear-line because %(owner)s and your agency signed a memorandum on these records."
    ),
    Level.POINTER: _(
        "You see only whom to call because %(owner)s and your agency signed a memorandum on these records."
    ),
}
_MEMORANDUM_GIVES: Mapping[Level, str] = {
    Level.FULL: _("The memorandum gives your agency everything in these records."),
    Level.TEAR_LINE: _("The memorandum gives your agency the tear-line of these records, and no more."),
    Level.POINTER: _("The memorandum tells your agency whom to call about these records, and no more."),
}
_OWNER_ALLOWS: Mapping[Level, str] = {
    Level.FULL: _("The owner set no lower limit for this record."),
    Level.TEAR_LINE: _("The owner allows others at most the tear-line of this record."),
    Level.POINTER: _("The owner allows others to know at most whom to call about this record."),
}
_CIRCLE_ALLOWS: Mapping[Level, str] = {
    Level.TEAR_LINE: _("The circle it belongs to lets you see at most the tear-line."),
    Level.POINTER: _("The circle it belongs to lets you know at most whom to call."),
}


def grounds_of(decision: Decision, *, owner: str) -> tuple[Ground, ...]:
    """Return why the reader sees a record at the decision's level, the main reason first.

    `owner` is the owning agency as its reader calls it.
    """
    if decision.is_owner:
        return _owner_grounds(decision)
    named = {"owner": owner}
    found = [Ground(sentence=gettext(_BY_AGREEMENT[decision.level]) % named, agreement=decision.agreement)]
    if decision.grant in _MEMORANDUM_GIVES:
        found.append(Ground(sentence=gettext(_MEMORANDUM_GIVES[decision.grant])))
    if decision.cap in _OWNER_ALLOWS:
        found.append(Ground(sentence=gettext(_OWNER_ALLOWS[decision.cap])))
    return (*found, *_circle_grounds(decision))


def _owner_grounds(decision: Decision) -> tuple[Ground, ...]:
    if decision.is_emergency:
        return (
            Ground(sentence=gettext("You see this because your emergency session is open.")),
            Ground(
                sentence=gettext(
                    "Your agency owns it, but its circle would show you less. Your look goes on record, and its "
                    "reason with it."
                )
            ),
        )
    if decision.level == Level.FULL:
        return (Ground(sentence=gettext("You see this in full because your agency owns it.")),)
    return (Ground(sentence=gettext("You see this because your agency owns it.")), *_circle_grounds(decision))


def _circle_grounds(decision: Decision) -> tuple[Ground, ...]:
    known = _CIRCLE_ALLOWS.get(decision.circle)
    return (Ground(sentence=gettext(known)),) if known else ()


_VIEWER_SEES: Mapping[Level, str] = {
    Level.FULL: _("%(agency)s sees it in full under a memorandum."),
    Level.TEAR_LINE: _("%(agency)s sees its tear-line under a memorandum."),
    Level.POINTER: _("%(agency)s knows whom to call about it, under a memorandum."),
}
_MEMBER_SEES: Mapping[Level, str] = {
    Level.FULL: _("%(person)s sees it in full as a member of its circle."),
    Level.TEAR_LINE: _("%(person)s sees its tear-line as a member of its circle."),
    Level.POINTER: _("%(person)s knows of it as a member of its circle."),
}


def who_sentence(*, reason: str, level: Level, agency: str, person: str) -> str:
    """Return one line of "who can see this"; `reason` is owner, circle or agreement."""
    if reason == "owner":
        return gettext("Everyone at %(agency)s whose role allows it sees it in full: your agency owns it.") % {
            "agency": agency
        }
    if reason == "circle":
        shown = _MEMBER_SEES.get(level, _("%(person)s belongs to its circle but sees nothing of it."))
        return gettext(shown) % {"person": person or gettext("A person who has left your agency")}
    return gettext(_VIEWER_SEES[level]) % {"agency": agency}


def limit_sentence(limited_by: str) -> str:
    """Return what stops a reader from seeing more: cap or agreement; empty for neither."""
    if limited_by == "cap":
        return gettext("The limit that you set stops it there; the memorandum would give more.")
    return ""


_DOORS: Mapping[str, str] = {
    "web": _("on a page"),
    "api": _("through the API"),
    "terminal": _("on the terminal"),
    "worker": _("in the background"),
    "link": _("through a link"),
}


def door_words(door: str) -> str:
    """Return through which door somebody came; the bare code where it is unknown."""
    return gettext(_DOORS[door]) if door in _DOORS else door


def act_words(action: str) -> str:
    """Return an act of the log in words; the bare code where its room gave no sentence."""
    return _words(f"act_{action}", bare=action)


def look_words(action: str, reason: str) -> str:
    """Return a look in words; with the reason of the emergency session that alone made it possible."""
    if not reason:
        return act_words(action)
    return gettext("%(act)s, in an emergency session: “%(reason)s”") % {"act": act_words(action), "reason": reason}


def category_words(category: str) -> str:
    """Return the name of a category of records; the bare code where its room gave none."""
    return _words(f"category_{category}", bare=category)


def purpose_words(purpose: str) -> str:
    """Return a purpose of use in words; the bare code where it is unknown."""
    return _words(f"purpose_{purpose}", bare=purpose)


def _words(code: str, *, bare: str) -> str:
    return sentence(code) if code in known_codes() else bare
