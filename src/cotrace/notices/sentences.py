"""What notices say, by code."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "notice_agreement_signature_asked": _("A memorandum waits for your agency's signature."),
    "notice_emergency_opened": _("A colleague opened an emergency session on your agency's restricted records."),
    "act_notice.acknowledged": _("took note of a notice"),
}
