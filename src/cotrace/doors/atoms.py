"""The smallest pieces of a page as HTML: icons, badges, numbers, dates, blanks.

A table draws hundreds of them, so they are built here and not by a template each. All text passes through
`format_html`, which escapes it.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, singledispatch

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from cotrace.doors import formats
from cotrace.doors.furniture import Absent, Badge, Count, LevelBadge, Link, RecordNumber, Serial

LEVELS = {
    "nothing": pgettext_lazy("level of disclosure", "Nothing"),
    "watch_desk": pgettext_lazy("level of disclosure", "Watch desk"),
    "pointer": pgettext_lazy("level of disclosure", "Whom to call"),
    "tear_line": pgettext_lazy("level of disclosure", "Tear-line"),
    "full": pgettext_lazy("level of disclosure", "Full"),
}
"""The scale of disclosure, lowest first, as its readers name it."""


def level_words(code: str) -> str:
    """Return a level of disclosure as its readers name it; `code` may be in any case, an unknown one stays as it is."""
    return str(LEVELS.get(code.lower(), code))


@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """Draw the icon of that name; it is decoration, so a text must stand beside it."""
    return render_to_string(f"doors/icons/{name}.svg")


def badge(shown: Badge) -> SafeString:
    """Draw a status: the shape of its tone, then its words."""
    return format_html(
        '<span class="badge badge--{}">{}<span>{}</span></span>',
        shown.tone,
        icon(f"tone-{shown.tone}"),
        shown.text,
    )


def level_badge(code: str) -> SafeString:
    """Draw a level of disclosure as filled stairs with its name. `code` may be in any case."""
    names = list(LEVELS)
    key = code.lower()
    return format_html(
        '<span class="badge badge--level badge--level-{}">{}<span>{}</span></span>',
        key.replace("_", "-"),
        icon(f"level-{names.index(key)}"),
        LEVELS[key],
    )


def absent(shown: Absent) -> SafeString:
    """Draw a blank: "not recorded", and why where that is known; the reason alone where it says all."""
    if not shown.reason:
        return format_html('<span class="absent">{}</span>', gettext("not recorded"))
    if shown.is_reason_enough:
        return format_html('<span class="absent">{}</span>', shown.reason)
    return format_html(
        '<span class="absent">{} <span class="absent__reason">({})</span></span>',
        gettext("not recorded"),
        shown.reason,
    )


def copyable(text: str, *, url: str = "") -> SafeString:
    """Draw characters in mono, as a link where `url` is given, with a button that copies them."""
    code = format_html('<code class="mono">{}</code>', text)
    label = gettext("Copy %(text)s") % {"text": text}
    return format_html(
        '<span class="copyable">{}<button type="button" class="copy-button" data-copy="{}" data-copied="{}" '
        'aria-label="{}" hidden>{}{}</button></span>',
        format_html('<a href="{}">{}</a>', url, code) if url else code,
        text,
        gettext("Copied: %(text)s") % {"text": text},
        label,
        icon("copy"),
        icon("check"),
    )


def opening(value: object, *, url: str, detail: object = "") -> SafeString:
    """Draw a value as the link that opens its record; just the value where `url` is empty.

    `detail` is for the style of a card to add to the link's words.
    """
    if isinstance(value, RecordNumber):
        return copyable(value.number, url=url or value.url)
    if not url:
        return show(value)
    if isinstance(value, Serial):
        return copyable(value.text, url=url)
    if detail:
        return format_html('<a href="{}" data-detail="{}">{}</a>', url, detail, show(value))
    return format_html('<a href="{}">{}</a>', url, show(value))


@singledispatch
def show(value: object) -> SafeString:
    """Draw a value of any kind that `furniture.Shown` lists, in the form its type asks for."""
    raise TypeError(f"no form for {type(value).__name__}; see cotrace.doors.furniture.Shown")


@show.register(str)
@show.register(Promise)
def _(value: str) -> SafeString:
    return format_html("{}", value)


@show.register(int)
@show.register(Decimal)
def _(value: int | Decimal) -> SafeString:
    if isinstance(value, bool):
        raise TypeError("say yes or no in words: a bare truth value has no form")
    return format_html('<span class="number">{}</span>', formats.number(value))


@show.register
def _(value: datetime) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.moment(value))


@show.register
def _(value: date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.day(value))


@show.register
def _(value: Count) -> SafeString:
    return format_html('<span class="number">{}</span>', formats.count(value))


@show.register
def _(_value: None) -> SafeString:
    return absent(Absent())


@show.register
def _(value: Absent) -> SafeString:
    return absent(value)


@show.register
def _(value: Link) -> SafeString:
    return format_html('<a href="{}">{}</a>', value.url, value.text)


@show.register
def _(value: RecordNumber) -> SafeString:
    return copyable(value.number, url=value.url)


@show.register
def _(value: Serial) -> SafeString:
    return copyable(value.text)


@show.register
def _(value: Badge) -> SafeString:
    return badge(value)


@show.register
def _(value: LevelBadge) -> SafeString:
    return level_badge(value.code)
