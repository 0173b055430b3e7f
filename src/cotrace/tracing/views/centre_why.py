"""Why a trace waits for a tracer, in whole sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre_labels import Labels
from cotrace.tracing.rules.gun import GunDescription, licence_key
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.register import licensees_known

WHY: Labels = {
    WaitReason.CONTACT_HOLD: gettext_lazy("A contact hold stands on %(licensee)s: it is not asked before the hold is lifted."),
    WaitReason.START_NOT_REGISTERED: gettext_lazy(
        "The register has nobody of the name that is marked on the gun, “%(name)s”, so nobody can be asked first."
    ),
    WaitReason.SEVERAL_CANDIDATES: gettext_lazy(
        "The register has several licensees of the name that is marked on the gun, “%(name)s”. Say with whom the trace begins."
    ),
    WaitReason.LICENSEE_UNKNOWN: gettext_lazy("The gun went to %(licensee)s, which the register does not have."),
    WaitReason.LICENSEE_CLOSED: gettext_lazy(
        "%(licensee)s is out of business and has no successor. Its books are with the centre: look there first."
    ),
    WaitReason.SHIPS_TO_ITSELF: gettext_lazy("%(licensee)s says that it shipped the gun to itself. Call it."),
    WaitReason.CHAIN_LOOPS: gettext_lazy("The gun would come to %(licensee)s a second time without a later shipment."),
    WaitReason.CHAIN_TOO_LONG: gettext_lazy(
        "The chain has as many links as a chain can have and would go on to %(licensee)s."
    ),
    WaitReason.DATES_CONTRADICT: gettext_lazy("Dates of the last answer contradict what was known before. Call the licensee."),
    WaitReason.DESCRIBED_OTHERWISE: gettext_lazy(
        "%(licensee)s has another gun under this serial. Compare both descriptions before the trace ends."
    ),
    WaitReason.SEVERAL_GUNS: gettext_lazy("Several guns of %(licensee)s fit. Compare them before the trace ends."),
    WaitReason.NO_ANSWER: gettext_lazy("%(licensee)s gave no usable answer."),
}
"""Why a trace waits, and what a tracer looks at first."""


def why_words(principal: Principal, reason: WaitReason, *, licensee: str, gun: GunDescription) -> str:
    """Return why a trace waits, and what a tracer looks at first."""
    if reason is WaitReason.CONTACT_HOLD and not licensee:
        return _("A contact hold stands on this trace: nobody is asked before it is lifted.")
    named = gun.importer or gun.make or ""
    return str(WHY[reason]) % {"licensee": licensee_name(principal, licensee), "name": named}


def licensee_name(principal: Principal, number: str) -> str:
    """Return a licensee by name and number; the bare number where the register does not have it."""
    for each in licensees_known(principal, numbers=[number] if number else []):
        if licence_key(each.number) == licence_key(number):
            return f"{each.name} ({each.number})"
    return number
