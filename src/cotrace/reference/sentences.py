"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "reference_file_missing": _(
        "The file %(file)s of a code table is missing or cannot be read. Install Cotrace again, then load the tables."
    ),
    "act_reference.loaded": _("loaded a code table"),
}
