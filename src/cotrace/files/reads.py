"""What the room `files` shows: the report of a dry run, and a sentence for every code.

Sentences are English; their Spanish is in `locale/es`. A door translates the sentence and fills in the
parameters: those of the refusal, or `row`, `column` and `value` (the excerpt) of a problem. Sentences of
one place in a mapping have none: the place stands beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cotrace.files.rules.cells import TableInfo
from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code, Problem
from cotrace.files.rules.words import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionReport:
    """What a sister file gave: its rows, and how many of its keys no row of the main table has."""

    name: str
    table: TableInfo
    rows: int
    keys_unmatched: int
    columns_unknown: tuple[str, ...]
    columns_repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import of a file would do.

    `rows` = `accepted` + `rejected`. `problems` are the first ones, `problem_totals` counts all.
    `not_recorded`: field to reason to number of accepted rows. `preview`: the first rows as taken.
    """

    mapping: str
    table: TableInfo
    rows: int
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    problem_totals: Mapping[Code, int]
    columns_missing: tuple[str, ...]
    columns_unknown: tuple[str, ...]
    columns_repeated: tuple[str, ...]
    companions: tuple[CompanionReport, ...]
    companions_missing: tuple[str, ...]
    not_recorded: Mapping[str, Mapping[Reason, int]]
    preview: tuple[MappedRow, ...]


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation and return it unchanged; needs no settings."""
    return sentence


SENTENCES: Mapping[str, str] = {
    # Problems of one row: row, column, value.
    "formula": gettext_noop(
        "Row %(row)s, column %(column)s: the cell holds a formula, and formulas are not calculated here. "
        "Put the value in its place."
    ),
    "cell_error": gettext_noop(
        "Row %(row)s, column %(column)s: the cell shows the error “%(value)s”. Correct it in the spreadsheet."
    ),
    "required_missing": gettext_noop(
        "Row %(row)s, column %(column)s: there is no value, and this one is needed. Fill it in."
    ),
    "not_a_number": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a number. Write digits, or leave the cell blank "
        "if it was not recorded."
    ),
    "not_whole": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a whole number. Write a count without decimals."
    ),
    "negative": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is below zero. Write zero or more, or leave the cell blank "
        "if it was not recorded."
    ),
    "too_large": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is larger than this column can mean. Check the number."
    ),
    "too_long": gettext_noop("Row %(row)s, column %(column)s: the text is too long. Shorten it."),
    "control_characters": gettext_noop(
        "Row %(row)s, column %(column)s: the text has characters that do not show; a dot stands for each: “%(value)s”. "
        "Type it again."
    ),
    "date_ambiguous": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” can be read as more than one day. "
        "Write the year with four digits first, as in 2010-04-03."
    ),
    "date_impossible": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a day of the calendar. Check day, month and year."
    ),
    "date_implausible": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” lies before 1900. Check the year."
    ),
    "date_in_future": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” has not come yet. Check the date."
    ),
    "date_incomplete": gettext_noop(
        "Row %(row)s, column %(column)s: part of the date is not recorded (%(value)s). "
        "Give day, month and year, or leave all three blank."
    ),
    "date_unreadable": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a date. Write it as in 2010-04-03."
    ),
    "code_malformed": gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” does not have the form of this code. Check it."
    ),
    "code_unknown": gettext_noop(
        "Row %(row)s, column %(column)s: the code “%(value)s” is not in the list. Check it against the catalogue."
    ),
    "code_mismatch": gettext_noop(
        "Row %(row)s, column %(column)s: the code “%(value)s” does not belong to the other code of this row. "
        "Check both."
    ),
    "row_repeated": gettext_noop(
        "Row %(row)s: an earlier row says the same (%(column)s %(value)s). Remove one of them."
    ),
    "row_conflicts": gettext_noop(
        "Row %(row)s: an earlier row has the same %(column)s (%(value)s) and says something else. "
        "Keep the right one, or give each its own."
    ),
    "row_too_wide": gettext_noop(
        "Row %(row)s has more cells than there are columns (“%(value)s”). "
        "Put quotation marks around text that contains the delimiter."
    ),
    "row_too_short": gettext_noop(
        "Row %(row)s ends before the last column (after “%(value)s”). Check that the file is complete."
    ),
    "cell_without_header": gettext_noop(
        "Row %(row)s: “%(value)s” stands in a column without a header and was not taken. Give the column a header."
    ),
    # What is wrong with a file as a whole.
    "file_not_found": gettext_noop("The file cannot be opened. Check its name and that you may read it."),
    "file_is_link": gettext_noop("This is a link to a file. Give the file itself."),
    "file_not_regular": gettext_noop("This is a folder or a device. Give a file."),
    "file_empty": gettext_noop("The file is empty. Export it again."),
    "file_without_rows": gettext_noop(
        "The file has no rows with data. Check that the right file was chosen."
    ),
    "file_too_large": gettext_noop(
        "The file is larger than %(limit_bytes)s bytes. Split it, each part with the header row."
    ),
    "file_too_large_inside": gettext_noop(
        "The file holds more than can be taken at once. Split it, each part with the header row."
    ),
    "file_too_heavy": gettext_noop(
        "The file needs too much memory to be read. Save only the sheet with the data, or export it as CSV."
    ),
    "file_too_slow": gettext_noop(
        "The file takes too long to read. Save only the sheet with the data, or split it."
    ),
    "file_damaged": gettext_noop(
        "The file is damaged or incomplete. Open it, save it again and try once more."
    ),
    "file_encrypted": gettext_noop("The file is protected by a password. Save it without one."),
    "file_reader_failed": gettext_noop(
        "The file could not be read and nothing was taken from it. Open it, save it again and try once more."
    ),
    "typesetting_failed": gettext_noop(
        "The PDF could not be made; nothing else is wrong with what it shows. Try again, and report it if it persists."
    ),
    "format_unsupported": gettext_noop(
        "The format %(format)s is not read here. Save the file as XLSX or CSV."
    ),
    "not_a_table": gettext_noop(
        "The file is neither a workbook nor a table of text, whatever its name says. Save the table as XLSX or CSV."
    ),
    "archive_too_many_entries": gettext_noop(
        "The workbook has more than %(limit)s parts inside. Save only the sheet with the data."
    ),
    "archive_tricks": gettext_noop(
        "The workbook is packed in a way that no spreadsheet program uses. Open it and save it as a new file."
    ),
    "archive_bomb": gettext_noop(
        "The workbook would become far larger when unpacked than a table can be. Save only the sheet with the data."
    ),
    "xml_entities": gettext_noop(
        "The workbook contains instructions that no spreadsheet program writes. Open it and save it as a new file."
    ),
    "sheet_not_found": gettext_noop("The workbook has no sheet named “%(sheet)s”. Check the name."),
    "too_many_columns": gettext_noop(
        "Row %(row)s has data beyond column %(limit)s. Remove the columns that do not belong to the table."
    ),
    "too_many_rows": gettext_noop(
        "There is data beyond row %(limit)s. Split the file, or remove what stands far below the table."
    ),
    "cell_too_large": gettext_noop(
        "Row %(row)s has a cell with more than %(limit)s characters. Shorten it; in a CSV file, look for a "
        "quotation mark that is never closed."
    ),
    "nul_bytes": gettext_noop(
        "The file contains zero bytes, so it is not plain text. Export the table again as CSV in UTF-8, or as XLSX."
    ),
    "text_malformed": gettext_noop(
        "Row %(row)s: the quotation marks do not match. Close each one, and double those inside a text."
    ),
    "encoding_unknown": gettext_noop(
        "The characters of the file cannot be made out. Export it as UTF-8, or say which encoding it has."
    ),
    "encoding_wrong": gettext_noop(
        "The file is not in the encoding %(encoding)s. Export it as UTF-8, or name another."
    ),
    "encoding_unsupported": gettext_noop(
        "The encoding %(encoding)s is not read here. Export the file as UTF-8."
    ),
    "delimiter_unsupported": gettext_noop(
        "“%(delimiter)s” cannot separate columns here. Use a comma, a semicolon, a tab or a vertical bar."
    ),
    # Columns, mappings and lists.
    "columns_required_missing": gettext_noop(
        "The file lacks columns that are needed: %(columns)s. Add them, or choose another mapping."
    ),
    "column_needed": gettext_noop("This column is needed and is not in the file."),
    "column_missing": gettext_noop("The column %(column)s is not in the file; it counts as “not recorded”."),
    "column_unknown": gettext_noop("The column %(column)s is not known to the mapping and was not taken."),
    "column_repeated": gettext_noop("The column %(column)s appears more than once; the first one was taken."),
    "companion_missing": gettext_noop(
        "The sister file for %(companion)s was not given; it counts as “not recorded”."
    ),
    "companion_unknown": gettext_noop(
        "The mapping has no sister file named “%(companion)s”. Check the name."
    ),
    "companion_refused": gettext_noop(
        "The sister file for %(companion)s cannot be taken, so nothing was. Correct it, or leave it out."
    ),
    "code_list_missing": gettext_noop(
        "The code list %(code_list)s is not loaded. Load the reference data first."
    ),
    "constant_unknown": gettext_noop("The mapping has no fixed value named “%(field)s”. Check the name."),
    "mapping_not_found": gettext_noop("There is no mapping at this place. Check its name."),
    "mapping_too_large": gettext_noop("The mapping file is larger than %(limit_bytes)s bytes. Shorten it."),
    "mapping_not_text": gettext_noop("The mapping file is not text in UTF-8. Save it as UTF-8."),
    "mapping_not_yaml": gettext_noop(
        "Line %(line)s of the mapping is not valid YAML. Check indents and colons."
    ),
    "mapping_alias": gettext_noop("Line %(line)s of the mapping uses a YAML alias. Write the value out."),
    "mapping_key_twice": gettext_noop("Line %(line)s of the mapping: “%(key)s” is written twice. Keep one."),
    "mapping_invalid": gettext_noop("The mapping does not make sense. Correct the places listed."),
    "mapping_key_missing": gettext_noop("This entry is needed."),
    "mapping_key_unknown": gettext_noop("There is no such entry. Check its spelling."),
    "mapping_value_wrong": gettext_noop("This value is not possible here."),
    "mapping_field_twice": gettext_noop("This field was defined before. Keep one."),
    "mapping_field_unknown": gettext_noop("No field before this one has that name."),
    "mapping_source_unclear": gettext_noop(
        "Say one of columns, constant, or day, month and year together (for a date)."
    ),
    "mapping_column_twice": gettext_noop("The mapping names this column more than once. Keep one."),
}

REASONS: Mapping[Reason, str] = {
    Reason.BLANK: gettext_noop("not recorded (blank)"),
    Reason.NOT_APPLICABLE: gettext_noop("not applicable, according to the source"),
    Reason.NO_INFORMATION: gettext_noop("not recorded, according to the source"),
    Reason.UNDETERMINED: gettext_noop("undetermined, according to the source"),
    Reason.COLUMN_MISSING: gettext_noop("not recorded (no such column in the file)"),
    Reason.COMPANION_MISSING: gettext_noop("not recorded (sister file not given)"),
    Reason.COMPANION_ROW_MISSING: gettext_noop("not recorded (not in the sister file)"),
    Reason.UNREADABLE: gettext_noop("not recorded (unreadable)"),
    Reason.PARENT_MISSING: gettext_noop("not recorded (depends on another value that is not)"),
}
"""Why a field has no value, in the words of a page."""
