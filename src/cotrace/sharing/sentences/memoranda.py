"""Where a memorandum stands and what was done with it, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cotrace.sharing.rules.agreements import AgreementAct, AgreementState, Standing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STANDINGS: Mapping[Standing, "_StrPromise"] = {
    Standing.WAITS_FOR_US: _("Draft, waits for your agency's signature"),
    Standing.WAITS_FOR_OTHERS: _("Draft, waits for others' signatures"),
    Standing.NOT_BEGUN: _("Signed, not begun yet"),
    Standing.IN_FORCE: _("In force"),
    Standing.SUSPENDED: _("Suspended"),
    Standing.LAPSED: _("Lapsed on its last day"),
    Standing.ENDED: pgettext_lazy("state of a memorandum", "Ended"),
    Standing.WITHDRAWN: pgettext_lazy("state of a memorandum", "Draft, withdrawn"),
}

DRAFTED = _("The draft was written and the other parties are asked to sign. Sign it too.")
DONE: Mapping[AgreementAct, "_StrPromise"] = {
    AgreementAct.SUSPEND: _("The memorandum is suspended. Nobody sees anything under it."),
    AgreementAct.RESUME: _("The memorandum is in force again."),
    AgreementAct.END: _("The memorandum has ended. Nobody sees anything under it."),
}
"""What was done, after a party's act."""
WITHDRAWN = _("The draft is withdrawn. Nothing was shared under it.")


def done_words(act: AgreementAct, *, was: str) -> "_StrPromise":
    """Return what a party's act brought about: `was` is the state before it."""
    return WITHDRAWN if act is AgreementAct.END and was == AgreementState.DRAFT else DONE[act]


def signed_words(state: str) -> "_StrPromise":
    """Return what a signature brought about: `state` is the one after it."""
    if state == AgreementState.IN_FORCE:
        return _("Signed. Every party has signed: the memorandum is in force.")
    return _("Signed. It comes into force when every party has signed.")


def in_the_language(english: str, spanish: str) -> str:
    """Return the one of two texts that is in the active language."""
    return spanish if (get_language() or "en").startswith("es") else english
