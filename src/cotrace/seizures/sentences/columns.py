"""What a reader should know about the columns and sister files of a log, the same on pages and on the terminal."""

from collections.abc import Mapping

from django.utils.translation import ngettext

from cotrace.doors import formats
from cotrace.doors.sentences import sentence
from cotrace.files.rules.mapping import TableMapping
from cotrace.seizures.rules.log_columns import LogColumns
from cotrace.seizures.sentences.labels import field_text


def headers_of(mapping: TableMapping | None) -> Mapping[str, str]:
    """Return all headers that a column of a mapping may have, by the first of them."""
    fields = mapping.fields if mapping else ()
    return {names[0]: " / ".join(names) for each in fields for names in each.sources}


def column_notes(columns: LogColumns, *, headers: Mapping[str, str]) -> list[str]:
    """Return what was not taken from a log and why, one sentence each; `headers` as `headers_of` returns them."""
    notes = [sentence("column_missing", {"column": headers.get(each, each)}) for each in columns.missing]
    notes += [sentence("column_unknown", {"column": each}) for each in columns.unknown]
    notes += [sentence("column_repeated", {"column": each}) for each in columns.repeated]
    notes += [
        sentence("companion_missing", {"companion": str(field_text(each))}) for each in columns.sisters_missing
    ]
    for each in columns.sisters:
        notes += [sentence("column_unknown", {"column": column}) for column in each.columns_unknown]
        if each.keys_unmatched:
            notes.append(
                ngettext(
                    "%(count)s key of the sister file “%(field)s” is of no row of the log.",
                    "%(count)s keys of the sister file “%(field)s” are of no row of the log.",
                    each.keys_unmatched,
                )
                % {"count": formats.number(each.keys_unmatched), "field": field_text(each.field)}
            )
    return notes
