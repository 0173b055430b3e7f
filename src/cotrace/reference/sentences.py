"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "act_reference.loaded": _("loaded a code table"),
}
