"""Sentences of this room's codes; `grounds` says decisions in words, `reasons` makes them ready for a page."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "agreement_incomplete": _("The memorandum is not complete. Correct the marked fields."),
    "agreement_needs_two_parties": _("A memorandum needs at least two agencies."),
    "agreement_without_drafter": _("Your own agency must be one of the parties."),
    "purpose_unknown": _("Choose purposes from the list, and none besides."),
    "clause_of_strangers": _("This clause is not between two parties of the memorandum. Name a party on each side."),
    "category_unknown": _("There is no such category of records here."),
    "clause_repeated": _("An earlier clause says this already, perhaps at another level. Keep one of them."),
    "agency_unknown": _("No agency has the code %(agency)s here."),
    "ends_before_start": _("The last day lies before the first."),
    "review_before_start": _("The review lies before the first day."),
    "agreement_not_draft": _("This memorandum is no longer a draft and cannot be signed."),
    "agreement_already_signed": _("Your agency has signed this memorandum already."),
    "agreement_suspended_by_other": _("Another party suspended this memorandum, and only that party can resume it."),
    "agreement_state_forbids": _("The memorandum's present state does not allow this."),
    "circle_incomplete": _("The circle is not complete. Correct the marked fields."),
    "circle_level_too_low": _("Only members who see everything in this circle can add and remove others."),
    "circle_needs_somebody": _(
        "This is the last person who sees everything in this circle. Add another one who does, then remove this one."
    ),
    "circle_member_known": _("This person is in the circle already."),
    "emergency_reads_only": _(
        "You see this record only through an emergency session, and such a session reads: it changes nothing."
    ),
    "circle_unknown": _("You are in no circle of that number."),
    "member_unknown": _("Choose a member of your own agency."),
    "emergency_incomplete": _("The emergency session was not opened. Correct the marked fields."),
    "reason_too_short": _("Say why in at least %(minimum)s characters; the reason goes on record."),
    "minutes_out_of_range": _("Choose between 1 and %(maximum)s minutes."),
    "purpose_criminal_investigation": _("Criminal investigation"),
    "category_*": _("Every category"),
    "act_agreement.drafted": _("drafted a memorandum"),
    "act_agreement.signed": _("signed a memorandum"),
    "act_agreement.suspend": _("suspended a memorandum"),
    "act_agreement.resume": _("resumed a memorandum"),
    "act_agreement.end": _("ended a memorandum"),
    "act_access.explained": _("asked why the record is shown"),
    "act_circle.opened": _("opened a circle"),
    "act_circle.member_added": _("added a member to a circle"),
    "act_circle.member_removed": _("removed a member from a circle"),
    "act_emergency.opened": _("opened an emergency session"),
    "act_emergency.closed": _("closed an emergency session"),
}
