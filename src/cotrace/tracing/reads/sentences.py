"""Sentences of the codes that rules, documents and connectors of this room give."""

from django.utils.translation import gettext_noop as _

_REQUEST = {
    "trace_request_act_not_now": _(
        "This cannot be done with the request now. Open it again to see where it stands."
    ),
    "trace_act_not_now": _("This cannot be done with the trace now. Open it again to see where it stands."),
    "trace_request_malformed": _("The trace request could not be read. Correct the fields named here."),
    "trace_result_malformed": _("The trace result could not be read. Ask its sender for it again."),
    "importer_missing_on_foreign_gun": _(
        "A gun made abroad needs its importer. Look for the mark on frame, receiver or barrel, or state that there is none."
    ),
    "justification_missing_on_urgent": _("An urgent request needs a justification."),
    "criminal_investigation_not_stated": _("State that the request serves a criminal investigation."),
    "phone_without_digits": _("This is not a telephone number: it needs at least three digits."),
    "email_malformed": _("This is not an e-mail address. Write it as name@example.org."),
    "birth_in_future": _("A date of birth cannot lie in the future."),
    "day_in_future": _("This day has not come yet. Check the date."),
    "recovery_in_future": _("The date of recovery lies in the future."),
    "recovery_too_early": _("The date of recovery lies before %(earliest)s, the start of the records."),
    "time_to_crime_does_not_fit_dates": _("The time-to-crime does not follow from the two dates."),
}

_DOCUMENTS = {
    "json_too_large": _("The document is too large."),
    "json_too_deep": _("The document is nested too deeply."),
    "json_not_utf8": _("The document is not UTF-8 text."),
    "json_malformed": _("The document is not JSON."),
    "json_duplicate_key": _("A field occurs twice in the same part of the document."),
    "json_not_a_whole_number": _("Numbers are whole numbers here, without point or exponent."),
    "json_number_too_large": _("A number is too large."),
    "json_not_canonical": _(
        "The document was changed after it was signed, or not written in canonical form."
    ),
    "object_expected": _("Several named fields are expected here."),
    "list_expected": _("A list is expected here."),
    "list_too_long": _("The list is too long; at most %(most)s."),
    "text_expected": _("A text is expected here."),
    "text_too_long": _("This is too long; at most %(longest)s characters are allowed."),
    "text_control_characters": _("This holds characters that do not show. Type it again."),
    "form_wrong": _("This does not have the form that its field needs."),
    "value_unknown": _("This is not one of the values known here: %(expected)s."),
    "number_expected": _("A whole number is expected here."),
    "number_out_of_range": _("The number lies outside %(least)s to %(most)s."),
    "yes_or_no_expected": _("Yes or no is expected here (true or false)."),
    "document_date_ambiguous": _("This date can be read in two ways. Write it as YYYY-MM-DD."),
    "document_date_malformed": _("This is not a date. Write it as YYYY-MM-DD."),
    "moment_malformed": _("This is not a moment in UTC, such as 2026-03-02T18:00:00Z."),
    "field_unknown": _("This field is not known here."),
    "table_wrong_columns": _("The code table does not have the expected columns."),
    "table_blank_cell": _("The code table has an empty cell in column %(column)s."),
    "table_key_twice": _("The code table has one key twice: %(value)s."),
    "table_value_unknown": _("The code table has an unknown value in column %(column)s: %(value)s."),
}

_CONNECTOR = {
    "connector_slow": _("The licensee's connector did not answer in time. It is asked again by itself."),
    "connector_unreachable": _("The licensee's connector is out of reach. It is asked again by itself."),
    "connector_redirected": _(
        "The licensee's connector sent us to another address; we do not follow. Call the licensee."
    ),
    "connector_answer_too_large": _(
        "The licensee's connector answered more than an answer can be. Call the licensee."
    ),
    "connector_answer_malformed": _(
        "The licensee's connector answered in another form than agreed. Call the licensee."
    ),
    "connector_signature_wrong": _(
        "The answer is not signed with the licensee's key and does not count. Call the licensee."
    ),
    "connector_answer_mismatch": _(
        "The answer is about another inquiry or another gun and does not count. Call the licensee."
    ),
    "connector_answered_twice": _(
        "The licensee's connector gave two different answers to one inquiry. Call the licensee."
    ),
    "connector_refused": _("The licensee's connector refuses to answer: %(reason)s."),
    "connector_address_refused": _(
        "The registered address of the connector may not be dialled. Check the register."
    ),
    "connector_pending": _("The licensee needs more time; it is asked again when it said."),
    "contact_hold_stands": _("A contact hold stands: nobody asks this licensee until a supervisor lifts it."),
    "release_needs_second_person": _(
        "You entered an answer by hand, let a contradiction pass or ended this trace by hand. Another person must release it."
    ),
    "inquiry_time_over": _("The inquiry's time is over. Issue a new one."),
    "inquiry_malformed": _("The inquiry does not have the agreed form."),
    "answer_malformed": _("The answer does not have the agreed form."),
    "connector_needs_tls": _(
        "Listening on %(host)s needs --tls-certificate and --tls-key; only loopback goes without."
    ),
    "port_unavailable": _("Port %(port)s on %(host)s cannot be used. Choose another port."),
    "tls_files_wrong": _("Certificate and key for TLS cannot be read or do not belong together."),
    "licence_number_wrong": _("This is not a licence number. Write it as 5-74-000-01-9A-00008."),
    "answer_date_to_come": _("This date lies in the future. Enter the one that the licensee's record shows, or leave it empty."),
    "key_file_exists": _("%(file)s exists already and is left as it is."),
    "key_file_unwritable": _("%(file)s cannot be written."),
    "key_file_unreadable": _("The key file %(file)s cannot be read."),
    "key_file_exposed": _("Others can read the key file %(file)s. Let only its owner read it (chmod 600)."),
    "key_file_wrong": _("%(file)s is not a key of this kind. Make one with `cotrace connector keygen`."),
    "log_unwritable": _("The log %(file)s cannot be opened."),
    "log_in_use": _("Another connector writes to the log %(file)s."),
    "log_damaged": _(
        "The log %(file)s is damaged in line %(line)s. Keep it, and start with a new one after you called the centre."
    ),
    "records_unreadable": _("The records file %(file)s cannot be read."),
    "records_not_utf8": _("The records file %(file)s is not UTF-8 text. Save it as CSV UTF-8."),
    "records_malformed": _("The records file has mistakes and is not served. Correct the places named here."),
    "record_column_missing": _("This column is missing."),
    "record_column_unknown": _("This column is not known here."),
    "record_column_twice": _("This column is there twice."),
    "record_line_malformed": _("A line is not CSV: a quotation mark is open."),
    "record_line_wrong_length": _("The line has more or fewer cells than the header."),
}

_LICENCES = {
    "not_an_ffl_number": _("This is not the number of a federal firearms licence of the United States. If it is one, check it."),
    "ffl_part_length_wrong": _(
        "The parts of a federal firearms licence number have 1, 2, 3, 2, 2 and 5 characters. Write it as 5-74-141-01-9A-00003."
    ),
    "ffl_digits_wrong": _(
        "A federal firearms licence number has digits in all its parts but the fifth. Check O and 0, I and 1: 5-74-141-01-9A-00003."
    ),
    "ffl_expiry_wrong": _(
        "The fifth part of a federal firearms licence number is a digit and a letter from A to M other than I, such as 9A."
    ),
    "ffl_type_unknown": _("No type of federal firearms licence has the code %(type)s."),
    "ffl_expired": _("By its number this licence expired in %(month)s; a renewed one has another fifth part."),
    "ffl_district_unknown": _("Our table of ATF's districts does not have %(district)s; the table is not complete."),
    "ffl_state_differs": _("By its number the licensee is in %(states)s, by its address in %(state)s."),
    "edition_malformed": _("Name the edition by year and month, such as 2013-05."),
    "edition_to_come": _("The edition %(edition)s lies in the future. Check year and month."),
    "list_changed_meanwhile": _("The file changed while it was loaded. Load it again."),
}

RULE_SENTENCES = {**_REQUEST, **_DOCUMENTS, **_CONNECTOR, **_LICENCES}
