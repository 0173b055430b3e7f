"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "agreement_incomplete": _("The memorandum is not complete. Correct the marked fields."),
    "agreement_needs_two_parties": _("A memorandum needs at least two agencies."),
    "agreement_without_drafter": _("Your own agency must be one of the parties."),
    "agency_unknown": _("No agency has the code %(agency)s here."),
    "ends_before_start": _("The last day lies before the first."),
    "review_before_start": _("The review lies before the first day."),
    "agreement_not_draft": _("This memorandum is no longer a draft and cannot be signed."),
    "agreement_already_signed": _("Your agency has signed this memorandum already."),
    "agreement_state_forbids": _("The memorandum's present state does not allow this."),
    "circle_incomplete": _("The circle is not complete. Correct the marked fields."),
    "circle_unknown": _("You are in no circle of that number."),
    "emergency_incomplete": _("The emergency session was not opened. Correct the marked fields."),
    "reason_too_short": _("Say why in at least %(minimum)s characters; the reason goes on record."),
    "minutes_out_of_range": _("Choose between 1 and %(maximum)s minutes."),
}
