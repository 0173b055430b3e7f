"""What is wrong with a file as a whole, its columns, or the mapping by which it is read."""

from collections.abc import Mapping

from cotrace.files.sentences.marking import gettext_noop

FILES: Mapping[str, str] = {
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
}

MAPPINGS: Mapping[str, str] = {
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
"""Of one place in a mapping the sentence names none: the place stands beside it."""
