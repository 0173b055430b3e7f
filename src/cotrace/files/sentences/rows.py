"""What is wrong with one row of a table, and why a field of it has no value.

Parameters: `row`, `column` and `value` (the excerpt).
"""

from collections.abc import Mapping

from cotrace.files.rules.words import Reason
from cotrace.files.sentences.marking import gettext_noop

ROWS: Mapping[str, str] = {
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
}
"""A problem where nothing else says in which cell it is."""

BESIDE_THEIR_CELL: Mapping[str, str] = {
    "formula": gettext_noop(
        "The cell holds a formula, and formulas are not calculated here. Put the value in its place."
    ),
    "cell_error": gettext_noop("The cell shows the error “%(value)s”. Correct it in the spreadsheet."),
    "required_missing": gettext_noop("There is no value, and this one is needed. Fill it in."),
    "not_a_number": gettext_noop(
        "“%(value)s” is not a number. Write digits, or leave the cell blank if it was not recorded."
    ),
    "not_whole": gettext_noop("“%(value)s” is not a whole number. Write a count without decimals."),
    "negative": gettext_noop(
        "“%(value)s” is below zero. Write zero or more, or leave the cell blank if it was not recorded."
    ),
    "too_large": gettext_noop("“%(value)s” is larger than this column can mean. Check the number."),
    "too_long": gettext_noop("The text is too long. Shorten it."),
    "control_characters": gettext_noop(
        "The text has characters that do not show; a dot stands for each: “%(value)s”. Type it again."
    ),
    "date_ambiguous": gettext_noop(
        "“%(value)s” can be read as more than one day. Write the year with four digits first, as in 2010-04-03."
    ),
    "date_impossible": gettext_noop("“%(value)s” is not a day of the calendar. Check day, month and year."),
    "date_implausible": gettext_noop("“%(value)s” lies before 1900. Check the year."),
    "date_in_future": gettext_noop("“%(value)s” has not come yet. Check the date."),
    "date_incomplete": gettext_noop(
        "Part of the date is not recorded (%(value)s). Give day, month and year, or leave all three blank."
    ),
    "date_unreadable": gettext_noop("“%(value)s” is not a date. Write it as in 2010-04-03."),
    "code_malformed": gettext_noop("“%(value)s” does not have the form of this code. Check it."),
    "code_unknown": gettext_noop("The code “%(value)s” is not in the list. Check it against the catalogue."),
    "code_mismatch": gettext_noop(
        "The code “%(value)s” does not belong to the other code of this row. Check both."
    ),
    "row_repeated": gettext_noop("An earlier row says the same (%(column)s %(value)s). Remove one of them."),
    "row_conflicts": gettext_noop(
        "An earlier row has the same %(column)s (%(value)s) and says something else. Keep the right one, or give "
        "each its own."
    ),
    "row_too_wide": gettext_noop(
        "The row has more cells than there are columns (“%(value)s”). Put quotation marks around text that "
        "contains the delimiter."
    ),
    "row_too_short": gettext_noop(
        "The row ends before the last column (after “%(value)s”). Check that the file is complete."
    ),
    "cell_without_header": gettext_noop(
        "“%(value)s” stands in a column without a header and was not taken. Give the column a header."
    ),
}
"""The same problems where row and column stand beside them: in tables of problems."""

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
