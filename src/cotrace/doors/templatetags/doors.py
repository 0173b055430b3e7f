"""The components of every page: `{% load doors %}`. How to call each is in docs/design-system.md."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cotrace.doors import atoms, formats
from cotrace.doors.furniture import (
    Absent,
    Across,
    Badge,
    Column,
    Link,
    Pager,
    Progress,
    Reason,
    Row,
    Shown,
    Step,
    Tab,
    Table,
    Tone,
)

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Write a date as text: "4 Mar 2011"; nothing for None."""
    return "" if value is None else formats.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Write an aware date and time as text, with its distance from UTC; nothing for None."""
    return "" if value is None else formats.moment(value)


@register.filter
def number(value: int | Decimal | None) -> str:
    """Write a number as text, with thousands separators; nothing for None."""
    return "" if value is None else formats.number(value)


@register.filter
def beside(cells: Sequence[Shown | Across], columns: Sequence[Column]) -> list[Across]:
    """Say of each cell of a row across how many columns it stands, and what they are called."""
    found, at = [], 0
    for cell in cells:
        each = cell if isinstance(cell, Across) else Across(shown=cell, columns=1, label=columns[at].label)
        found.append(replace(each, is_numeric=columns[at].is_numeric and each.columns == 1))
        at += each.columns
    return found


@register.simple_tag
def row_heading(row: Row) -> SafeString:
    """Draw a row's first cell, as the link that opens the row where it has one."""
    return atoms.opening(row.cells[0], url=row.url, detail=row.detail)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon beside a text."""
    return atoms.icon(name)


@register.simple_tag
def value(shown: Shown) -> SafeString:
    """Draw any value in the form its type asks for."""
    return atoms.show(shown)


@register.simple_tag
def record_number(text: str, url: str = "") -> SafeString:
    """Draw a public number in mono with a copy button."""
    return atoms.copyable(text, url=url)


@register.simple_tag
def badge(text: str, tone: str = "neutral") -> SafeString:
    """Draw a status with the shape and colour of its tone."""
    return atoms.badge(Badge(text=text, tone=Tone(tone)))


@register.simple_tag
def level_badge(code: str) -> SafeString:
    """Draw a level of disclosure."""
    return atoms.level_badge(code)


@register.simple_block_tag(takes_context=True)
def page_header(context: Context, content: str, title: str, kicker: str = "", lead: str = "") -> SafeString:
    """Draw the page's one h1; the content is its actions."""
    return _draw(context, "page_header", content=content, title=title, kicker=kicker, lead=lead)


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str, id: str) -> SafeString:
    """Draw a section with a heading of its own."""
    return _draw(context, "panel", content=content, title=title, id=id)


@register.simple_block_tag(takes_context=True)
def facts(context: Context, content: str, columns: int = 2) -> SafeString:
    """Draw a list of `{% fact %}`s."""
    return _draw(context, "facts", content=content, columns=columns)


@register.inclusion_tag("doors/components/fact.html")
def fact(label: str, shown: Shown, reason: str = "") -> dict[str, object]:
    """Draw one label and its value; a value of None is "not recorded", with `reason` if given."""
    return {"label": label, "shown": Absent(reason=reason) if shown is None else shown}


@register.inclusion_tag("doors/components/data_table.html")
def data_table(table: Table) -> dict[str, object]:
    """Draw a table; on a phone each row becomes a card."""
    return {"table": table}


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context,
    content: str,
    action: str,
    applied: Sequence[Link] = (),
    clear_url: str = "",
    method: str = "get",
) -> SafeString:
    """Draw a form that narrows the list below it; the content is its fields."""
    return _draw(
        context,
        "filter_bar",
        content=content,
        action=action,
        applied=applied,
        clear_url=clear_url,
        method=method,
    )


@register.inclusion_tag("doors/components/pager.html")
def pager(pager: Pager) -> dict[str, object]:
    """Draw the way to newer and older rows of a list paged by key."""
    return {"pager": pager, "total": formats.count(pager.total)}


@register.inclusion_tag("doors/components/field.html")
def field(field: BoundField) -> dict[str, object]:
    """Draw a form field with its label, help and problems, tied together for screen readers."""
    return {"field": field, "widget_type": field.widget_type, "is_choice_group": field.use_fieldset}


@register.inclusion_tag("doors/components/error_summary.html")
def error_summary(form: forms.BaseForm, title: str = "") -> dict[str, object]:
    """Draw what is wrong with a form, each line leading to its field; nothing when nothing is.

    `title` says what was not done, as the page's own title does.
    """
    return {"form": form, "title": title, "wrong": [(each, _first_id(each)) for each in form if each.errors]}


@register.inclusion_tag("doors/components/timeline.html")
def timeline(steps: Sequence[Step], label: str) -> dict[str, object]:
    """Draw a chain of steps with dates, gaps and conflicts, first step first."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("doors/components/progress.html", takes_context=True)
def progress(context: Context, job: Progress) -> dict[str, object]:
    """Draw how far long work is; asks again every two seconds where there is JavaScript."""
    return {"job": job, "request": context.get("request")}


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, title: str) -> SafeString:
    """Draw what stands where a list would be; the content says what to do."""
    return _draw(context, "empty_state", content=content, title=title)


@register.simple_block_tag(takes_context=True)
def callout(context: Context, content: str, kind: str, title: str = "") -> SafeString:
    """Draw a remark that must not be missed: `info`, `success`, `warning` or `danger`."""
    return _draw(context, "callout", content=content, kind=kind, title=title)


@register.inclusion_tag("doors/components/why_panel.html")
def why_panel(level: str, reasons: Sequence[Reason], who_url: str = "") -> dict[str, object]:
    """Draw why this reader sees this record, at which level, on which grounds."""
    return {"level": level, "reasons": reasons, "who_url": who_url}


@register.inclusion_tag("doors/components/tabs.html")
def tabs(tabs: Sequence[Tab], label: str) -> dict[str, object]:
    """Draw views of one thing as links."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("doors/components/post_button.html", takes_context=True)
def post_button(context: Context, label: str, action: str, look: str = "plain") -> dict[str, object]:
    """Draw a button that posts an empty form; `look` is plain, primary, danger or quiet."""
    return {"label": label, "action": action, "look": look, "csrf_token": context.get("csrf_token")}


def _first_id(field: BoundField) -> str:
    """Return the id of the control to go to; of several choices, the first."""
    choices = field.subwidgets if field.use_fieldset else []
    return choices[0].id_for_label if choices else field.id_for_label


def _draw(context: Context, name: str, **values: object) -> SafeString:
    """Fill the component's template; forms inside keep the page's CSRF token."""
    return render_to_string(
        f"doors/components/{name}.html", {**values, "csrf_token": context.get("csrf_token")}
    )
