"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "envelope_malformed": _("The file does not have the agreed form. Ask its sender for it again."),
    "exchange_version_unknown": _(
        "The file is of version %(version)s; this installation reads version %(known)s."
    ),
    "acknowledgement_malformed": _("The acknowledgement does not have the agreed form."),
    "expires_before_created": _("The end lies before the beginning."),
    "file_from_here": _(
        "This file came from this installation. Hand it over to the installation that it is for; what that one answers "
        "is taken in here."
    ),
    "file_sender_unknown": _("The sender is not in the register of installations."),
    "file_key_unknown": _(
        "The key that signed the file is not in the register. Ask the sender for its key by another way."
    ),
    "file_key_not_the_senders": _("The file is signed with the key of another installation than its sender."),
    "file_altered": _("The file was changed after it was signed. Ask its sender for it again."),
    "file_key_not_valid_then": _("The sender's key did not count at the time the file was made."),
    "file_wrong_recipient": _("The file is meant for another installation."),
    "file_agreement_differs": _(
        "The file names another memorandum than the register has for its sender. Ask the operators of both sides to "
        "compare it; then ask the sender for a new file."
    ),
    "file_clock_out_of_step": _(
        "The sender's clock runs %(skew_s)s seconds ahead of ours. Set the clocks, then send it again."
    ),
    "file_expired": _("The file's time is over. Ask its sender for a new one."),
    "file_life_too_long": _("The file would count for longer than 90 days. Ask its sender for a new one."),
    "file_already_received": _("This file was received before; nothing was done twice."),
    "file_message_id_reused": _("The file carries the id of another message. Ask its sender for a new one."),
    "file_sequence_reused": _(
        "The file carries the number of another message. Ask its sender for a new one."
    ),
    "file_sequence_too_old": _(
        "Too many later messages have come since this one. Ask its sender for a new one."
    ),
    "file_reply_to_unknown": _("The file answers a message that your agency never sent."),
    "exchange_carries_no_such_record": _("Only trace requests and traces travel between installations."),
    "exchange_stays_here": _("Nothing of this record has to go to another installation."),
    "exchange_time_over": _("The time of this message is over. Send it again as a new message."),
    "exchange_agreement_changed": _(
        "The register now names the memorandum %(agreement)s for that installation; this message was made under "
        "another. Send it again as a new message."
    ),
    "exchange_names_a_purchaser": _(
        "This result names the purchaser, and your role does not let you see one. Ask a tracer or the supervisor of "
        "your centre to take the file out."
    ),
    "exchange_content_changed": _(
        "What this message carried has changed or is gone since. Send it again as a new message."
    ),
    "exchange_no_centre_here": _(
        "The file holds a trace request, and your agency runs no tracing centre here. Give it to the centre."
    ),
    "exchange_names_no_record": _("The message's id names no record of its sender."),
    "exchange_outcome_unknown": _(
        "The result ends with an outcome that is not known here. The two installations may run different versions."
    ),
    "exchange_answers_another_request": _("The result is about another request than the one it answers."),
    "exchange_result_not_now": _("The request that this result answers cannot take one now."),
    "exchange_acknowledges_another_message": _("The acknowledgement is about another message than it names."),
    "peer_unknown": _("No active installation with the code %(peer)s is in the register."),
    "peer_incomplete": _("The installation was not saved. Correct the marked fields."),
    "peer_code_malformed": _("A code has 2 to 63 small letters, digits, dots and dashes."),
    "peer_is_this_installation": _("This is the code of this installation itself."),
    "peer_agreement_malformed": _("Name the memorandum in at most 60 letters, digits, dots and dashes."),
    "peer_keys_missing": _("Give at least one public key, at most %(most)s."),
    "peer_key_malformed": _("This is not a public key in one line."),
    "peer_key_of_another": _("Another installation of the register has this key."),
    "notice_exchange_waits": _("A message to another installation waits to leave as a signed file."),
    "notice_exchange_peer_changed": _(
        "The operator changed the keys or the state of another installation. Compare its key by telephone."
    ),
    "act_exchange.prepared": _("prepared a message to another installation"),
    "act_exchange.exported": _("took it out as a signed file"),
    "act_exchange.expected": _("noted that it has to go to another installation"),
    "act_exchange.taken": _("took a signed file in"),
    "act_exchange.refused": _("offered a signed file that was refused"),
    "act_exchange.peer_put": _("entered or changed another installation"),
    "act_exchange.peer_closed": _("switched another installation off"),
    "act_exchange.peer_changed": _("noted that the operator changed the keys or the state of another installation"),
}
