"""Sentences of this room's codes and acts; those of its rules and connectors are in `reads.sentences`."""

from django.utils.translation import gettext_noop as _

_REFUSALS = {
    "trace_request_incomplete": _("The request was not submitted. Complete or correct the marked fields."),
    "trace_submitted_already": _("Your agency submitted this same request before. Look for it in its list."),
    "firearm_traced_already": _("Your agency's request for this gun is still under way. Look for it in its list."),
    "trace_no_result_yet": _("The tracing centre has released no result of this request yet."),
    "trace_received_already": _("The tracing centre has this request; it need not be sent again."),
    "seizure_comes_from_its_gun": _("Leave the seizure's number out; it comes from the gun that you chose."),
    "gun_comes_from_its_description": _("Leave the gun out; it comes from the description that you chose."),
    "centre_unknown": _("No tracing centre of that code is known here."),
    "centre_incomplete": _("The tracing centre was not saved. Complete the marked fields."),
    "centre_no_agency_here": _("No agency of this code takes part here. Add it first, or name the installation where it works."),
    "centre_installation_is_this": _("That is this installation. Leave it out for a centre that works here."),
    "trace_taken_by_other": _("%(name)s has taken this trace. Ask them, or choose another one."),
    "trace_not_taken": _("Take the trace before you work on it."),
    "trace_changed": _("The trace has changed since you opened it; nothing was done. Open it again."),
    "trace_waits_for_nothing": _("The trace does not wait for a tracer."),
    "trace_wait_not_acceptable": _(
        "This cannot be let pass. Mend the register or lift the hold and have it looked at again, or end the trace."
    ),
    "trace_note_missing": _("Nothing was accepted. Say why in a note."),
    "trace_has_its_start": _("This trace has begun; its start cannot be chosen any more."),
    "trace_start_unknown": _("The trace cannot begin there. Correct the marked field."),
    "licensee_not_registered": _("No licensee of that number is in the register."),
    "trace_has_no_open_inquiry": _("No inquiry of this trace waits for an answer."),
    "trace_outcome_unknown": _("The trace was not ended. Choose an outcome from the list."),
    "trace_purchaser_missing": _(
        "The trace was not ended: no licensee's answer names a purchaser. Enter the dealer's answer, or choose another outcome."
    ),
    "outcome_needs_purchaser": _("This outcome needs an answer that names a purchaser; the trace has none."),
    "correction_note_missing": _("The answer was not corrected. Say why in a note."),
    "answer_not_by_hand": _("Nothing was corrected: only an answer that a person entered here can be, and none was at this step."),
    "result_has_left": _("Nothing was corrected: the result was released, or the trace is closed."),
    "licensee_changed": _("Nothing was saved: somebody changed this entry of the register meanwhile. Open it again."),
    "outcome_unknown": _("This outcome is not in the list."),
    "trace_ground_missing": _("The result was not withheld. Name the legal ground."),
    "answer_by_hand_malformed": _("The answer could not be read. Correct the fields named here."),
    "answer_is_none_yet": _("\"No answer yet\" is no answer; leave the inquiry open."),
    "purchaser_malformed": _("The purchaser's record cannot be read."),
    "hold_reason_missing": _("The contact hold was not set. Say why."),
    "licensee_incomplete": _("The licensee was not saved. Correct the marked fields."),
    "connector_keys_wrong": _("Give one public key in one line, or %(most)s while the licensee changes it."),
    "trace_document_missing": _("Give the request as a JSON object."),
}

_NOTICES = {
    "notice_trace_result": _("The result of a trace request has come."),
    "notice_trace_waits": _("A trace waits for a tracer."),
    "category_trace_request": _("Trace requests"),
    "category_trace": _("Traces of the tracing centre"),
}

_ACTS = {
    "act_trace.submitted": _("submitted it to the tracing centre"),
    "act_trace.resent": _("had it sent again"),
    "act_trace.listed": _("saw it in a list"),
    "act_trace.noticed": _("saw its gun named beside a notice"),
    "act_trace.request_opened": _("opened the record"),
    "act_trace.receipt_taken": _("took the tracing centre's receipt"),
    "act_trace.result_taken": _("took the result in"),
    "act_trace.result_opened": _("opened the result, with its purchaser"),
    "act_trace.taken_in": _("took the request in"),
    "act_trace.queue_listed": _("saw it in the queue"),
    "act_trace.opened": _("opened the record"),
    "act_trace.purchaser_shown": _("looked at the purchaser"),
    "act_trace.inquiry_made": _("put an inquiry to a licensee"),
    "act_trace.answered": _("recorded a licensee's answer"),
    "act_trace.answer_corrected": _("corrected an answer entered by hand"),
    "act_trace.try_failed": _("asked a licensee and got no answer"),
    "act_trace.taken": _("took it to work on it"),
    "act_trace.left": _("put it back"),
    "act_trace.accepted": _("let a reason to wait pass"),
    "act_trace.continued": _("had it looked at again"),
    "act_trace.started": _("chose where it begins"),
    "act_trace.asked_again": _("had a licensee asked again"),
    "act_trace.concluded": _("concluded it"),
    "act_trace.hold_set": _("set a contact hold"),
    "act_trace.hold_lifted": _("lifted a contact hold"),
    "act_trace.released": _("released the result"),
    "act_trace.withheld": _("withheld the result"),
    "act_trace.centre_put": _("named a tracing centre"),
    "act_trace.licensee_put": _("entered or changed a licensee"),
    "act_trace.published_loaded": _("loaded an edition of ATF's published list of licensees"),
    "act_trace.licensee_hold_set": _("set a contact hold on a licensee"),
    "act_trace.licensee_hold_lifted": _("lifted a contact hold on a licensee"),
}

SENTENCES = {**_REFUSALS, **_NOTICES, **_ACTS}
