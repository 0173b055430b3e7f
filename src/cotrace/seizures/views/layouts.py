"""Which columns a log may have: what a mapping reads, told before a file is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Column, Row, Table
from cotrace.files.rules.mapping import Field, TableMapping
from cotrace.seizures.sentences.labels import field_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of one kind of log."""

    title: str
    table: Table


def layouts(mappings: Iterable[TableMapping], *, language: str) -> list[Layout]:
    """Return the columns of every kind of log, in the reader's language."""
    is_spanish = language.startswith("es")
    return [
        Layout(title=each.title_es if is_spanish else each.title_en, table=_table(each)) for each in mappings
    ]


def _table(mapping: TableMapping) -> Table:
    return Table(
        caption=_("One row for each seizure. The first row holds these headers, in any order."),
        columns=(
            Column(label=_("Header in the file")),
            Column(label=_("What it holds")),
            Column(label=_("How to write it")),
        ),
        rows=tuple(_row(each) for each in mapping.fields if each.sources),
    )


def _row(field: Field) -> Row:
    headers = ", ".join(" / ".join(names) for names in field.sources)
    said = [str(_("Needed."))] if field.required else []
    return Row(cells=(headers, field_text(field.name), " ".join([*said, _how(field)]).strip()))


def _how(field: Field) -> str:
    """Return how the values of a column are written, in one sentence."""
    if field.kind == "date":
        return _("Year, month, day, as 2010-04-03.") if field.columns else _("Day, month and year in a column each.")
    if field.kind == "integer":
        return _("Digits; blank where it was not recorded.")
    if field.kind == "codes":
        return _("Codes, separated by semicolons.")
    if field.kind == "code" and field.width:
        return _("Code of %(width)s digits.") % {"width": field.width}
    return pgettext("how a column is written", "Text.")
