"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "envelope_malformed": _("The file does not have the agreed form. Ask its sender for it again."),
    "exchange_version_unknown": _(
        "The file is of version %(version)s; this installation reads version %(known)s."
    ),
    "acknowledgement_malformed": _("The acknowledgement does not have the agreed form."),
    "expires_before_created": _("The end lies before the beginning."),
    "file_sender_unknown": _("The sender is not in the register of installations."),
    "file_key_unknown": _(
        "The key that signed the file is not in the register. Ask the sender for its key by another way."
    ),
    "file_key_not_the_senders": _("The file is signed with the key of another installation than its sender."),
    "file_altered": _("The file was changed after it was signed. Ask its sender for it again."),
    "file_key_not_valid_then": _("The sender's key did not count at the time the file was made."),
    "file_wrong_recipient": _("The file is meant for another installation."),
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
    "file_reply_to_unknown": _("The file answers a message that this installation never sent."),
}
