"""What notices say, by code."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "notice_agreement_signature_asked": _("A memorandum waits for your agency's signature."),
    "notice_circle_left": _("You are no longer in a circle. You see what belongs to it no more."),
    "notice_circle_smaller": _("Somebody left a circle of yours, or was taken out of it."),
    "notice_emergency_opened": _("A colleague opened an emergency session on your agency's restricted records."),
    "notice_round_handed": _("A signed round of heads waits. Download it and keep it outside this installation."),
    "act_notice.acknowledged": _("took note of a notice"),
}
