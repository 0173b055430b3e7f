"""Sentences of this room's codes."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "act_audit.detail_purged": _("purged details of the log"),
    "act_audit.log_read": _("read the log"),
    "act_audit.round_fetched": _("took a signed round of heads, to keep it elsewhere"),
    "act_audit.name_bound": _("bound the log to its name and key"),
    "audit_name_differs": _(
        "Nothing was signed: this log is signed as %(bound)s, but COTRACE_INSTALLATION says %(given)s. Correct it, or "
        "bind the new name with cotrace audit heads sign-as."
    ),
    "audit_key_differs": _(
        "Nothing was signed: this log is bound to the key %(bound)s, but COTRACE_HOME holds %(given)s. Bring the key "
        "back, or bind the new one with cotrace audit heads sign-as."
    ),
    "audit_name_not_set": _(
        "Nothing was bound: COTRACE_INSTALLATION says %(setting)s, not %(name)s. Set it first, also for the workers."
    ),
    "purge_incomplete": _("Nothing was purged. Say why the details have to go."),
    "audit_position_missing": _("A link of the chain is missing: a seal was deleted or moved."),
    "audit_event_deleted": _("A sealed event was deleted."),
    "audit_link_broken": _("An event or its seal was altered, or the order was changed."),
    "audit_head_disagrees": _("The chain was written anew: a signed head says otherwise."),
    "audit_chain_cut": _("The end of the chain was cut off: a signed head lies beyond it."),
    "audit_head_forged": _("A head does not fit the round that signed it."),
    "audit_head_missing": _("A signed round names a head that is no longer here."),
    "audit_round_forged": _("A round of heads does not carry this installation's signature."),
    "audit_event_unsealed": _("An event is neither sealed nor waiting for its seal."),
    "audit_detail_altered": _("A detail does not fit the digest in its event."),
    "audit_detail_missing": _("A detail is gone, and no purge on record names its event."),
}
