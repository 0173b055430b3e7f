"""What notices say, by code."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "notice_account_factor.reset": _("The second factors of a colleague's account were removed."),
    "notice_account_link.made": _("A one-time link into a colleague's account was made."),
    "notice_account_member.added": _("An account was added to your agency."),
    "notice_account_member.closed": _("A colleague's account was closed."),
    "notice_account_member.reopened": _("A closed account of your agency was opened again."),
    "notice_account_role.given": _("A colleague was given a role."),
    "notice_agreement_signature_asked": _("A memorandum waits for your agency's signature."),
    "notice_circle_left": _("You are no longer in a circle. You see what belongs to it no more."),
    "notice_circle_smaller": _("Somebody left a circle of yours, or was taken out of it."),
    "notice_emergency_opened": _("A colleague opened an emergency session on your agency's restricted records."),
    "notice_round_handed": _("A signed round of heads waits. Download it and keep it outside this installation."),
    "act_notice.acknowledged": _("took note of a notice"),
}
