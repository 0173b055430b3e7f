"""Sentences of this room's codes and acts; `labels` names how a gun was found, `countries` where it was made."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "firearm_incomplete": _("The gun was not saved. Correct the marked fields."),
    "firearm_text_too_long": _("This is too long; at most %(maximum)s characters."),
    "gun_type_unknown": _("This is not an NCIC code of a gun type."),
    "make_unknown": _("This is not an NCIC code of a make. Leave it empty and write the make as marked."),
    "calibre_unknown": _("This is not an NCIC code of a calibre. Leave it empty and write the calibre as marked."),
    "country_unknown": _("Give the country as its two letters, for example US or MX."),
    "serial_although_unreadable": _(
        "A serial is given although none could be read. Choose another condition, or leave it empty."
    ),
    "partial_serial_without_unknown_position": _("Mark each character that could not be read with a question mark."),
    "read_serial_with_unknown_position": _(
        "A serial with question marks was not fully read. Choose the condition for that."
    ),
    "importer_named_but_no_mark": _("An importer is named although no importer's mark was found."),
    "exhibit_described_already": _("A gun of this seizure has this exhibit number already."),
    "category_firearm": _("Guns"),
    "act_firearm.described": _("described it"),
    "act_firearm.corrected": _("corrected it"),
    "act_firearm.opened": _("opened the record"),
    "act_firearm.listed": _("saw it in a list"),
}
