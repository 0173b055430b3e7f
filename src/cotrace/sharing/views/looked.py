"""Who looked at a record, as a table: each opening for itself, a day's lists of one reader together."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cotrace.doors import formats
from cotrace.doors.furniture import Column, RecordNumber, Row, Shown, Table
from cotrace.sharing.reads import LookRow
from cotrace.sharing.sentences.grounds import act_words, door_words, purpose_words

LISTED = "listed"
"""How the acts end that show a record as one row among others."""


def look_table(rows: Sequence[LookRow]) -> Table:
    """Return the looks; with the emergency sessions that alone made some of them possible, where there are any."""
    has_emergency = any(each.emergency for each in rows)
    columns = (
        Column(label=_("When")),
        Column(label=_("Agency")),
        Column(label=_("Person")),
        Column(label=_("Did what")),
        Column(label=_("By which way")),
        Column(label=_("Purpose")),
        *((Column(label=_("Emergency session")), Column(label=_("What it was for"))) if has_emergency else ()),
    )
    return Table(
        caption=_("Who looked at this record, newest first"),
        columns=columns,
        rows=tuple(
            Row(
                cells=(
                    each.at,
                    each.agency,
                    each.person or _("not disclosed"),
                    _words(each, times=times),
                    door_words(each.door),
                    purpose_words(each.purpose) if each.purpose else None,
                    *(_emergency(each) if has_emergency else ()),
                )
            )
            for each, times in by_day(rows)
        ),
    )


def by_day(rows: Sequence[LookRow]) -> list[tuple[LookRow, int]]:
    """Return looks in their order, each with how often: the lists of one reader on one day are the latest of them.

    Whoever pages through a list sees a record many times in a minute; what counts is who, and on which day.
    """
    latest: dict[tuple[object, ...], LookRow] = {}
    times: Counter[tuple[object, ...]] = Counter()
    for place, each in enumerate(rows):
        key = _reader_and_day(each) if each.action.endswith(LISTED) else (place,)
        latest.setdefault(key, each)
        times[key] += 1
    return [(each, times[key]) for key, each in latest.items()]


def _reader_and_day(each: LookRow) -> tuple[object, ...]:
    day = localdate(each.at)
    return (day, each.agency, each.person, each.action, each.door, each.purpose, each.case, each.emergency)


def _words(each: LookRow, *, times: int) -> str:
    if times == 1:
        return act_words(each.action)
    return _("%(act)s, %(times)s times that day") % {"act": act_words(each.action), "times": formats.number(times)}


def _emergency(each: LookRow) -> tuple[Shown, Shown]:
    if not each.emergency:
        return _("none needed"), ""
    page = reverse("sharing:emergency_session", args=[each.emergency])
    return RecordNumber(number=each.emergency, url=page), each.reason or None
