"""What a licensee can answer, where its connector may be, and why a trace waits, in words. Texts are lazy: in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.tracing.rules.answers import AgencyKind, AnswerKind, GapReason, LossPlace, NotFoundReason
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.trace_view import WaitReason

Labels = Mapping[str, Promise]

ANSWERS: Labels = {
    AnswerKind.SHIPPED_TO: _("Shipped to another licensee"),
    AnswerKind.SOLD_TO_PURCHASER: _("Sold to a private buyer"),
    AnswerKind.NOT_IN_RECORDS: _("No such gun in the records"),
    AnswerKind.SEVERAL_GUNS: _("Several guns fit"),
    AnswerKind.RECORD_INCOMPLETE: _("In the book, but not where it went"),
    AnswerKind.STOLEN_OR_LOST: _("Stolen or lost"),
    AnswerKind.EXPORTED: _("Exported"),
    AnswerKind.SOLD_TO_AGENCY: _("Sold to an agency"),
}
"""What a licensee can say, in the order in which a tracer is offered it. "No answer yet" is no answer."""

NOT_FOUND: Labels = {
    NotFoundReason.NOT_FOUND: _("The gun is not in the records"),
    NotFoundReason.BEFORE_RECORDS: _("The gun is older than the records"),
    NotFoundReason.RETENTION_PASSED: _("The time for keeping the record has passed"),
}

PLACES: Labels = {
    LossPlace.INVENTORY: _("From the licensee's inventory"),
    LossPlace.SHIPMENT: _("On the way to another licensee"),
}

AGENCIES: Labels = {
    AgencyKind.LAW_ENFORCEMENT: _("A law-enforcement agency"),
    AgencyKind.MILITARY: _("A military force"),
    AgencyKind.FOREIGN_GOVERNMENT: _("A foreign government"),
}

BUYERS: Labels = {
    AgencyKind.LAW_ENFORCEMENT: pgettext_lazy("of a named buyer", "a law-enforcement agency"),
    AgencyKind.MILITARY: pgettext_lazy("of a named buyer", "a military force"),
    AgencyKind.FOREIGN_GOVERNMENT: pgettext_lazy("of a named buyer", "a foreign government"),
}
"""The same inside a sentence."""

GAPS: Labels = {
    GapReason.DISPOSITION_MISSING: _("The book does not say where the gun went"),
    GapReason.ILLEGIBLE: _("The record is illegible"),
    GapReason.DESTROYED: _("The record was destroyed"),
    GapReason.IN_STOCK: _("By the book, the gun is still in stock"),
}

REACHES: Labels = {
    Reach.PUBLIC: _("On the public network"),
    Reach.PRIVATE: _("On the centre's private network"),
    Reach.LOOPBACK: _("On this machine"),
}

WAITS: Labels = {
    WaitReason.CONTACT_HOLD: pgettext_lazy("why a trace waits", "Contact hold"),
    WaitReason.START_NOT_REGISTERED: pgettext_lazy("why a trace waits", "Maker or importer not in the register"),
    WaitReason.SEVERAL_CANDIDATES: pgettext_lazy("why a trace waits", "Several licensees of that name"),
    WaitReason.LICENSEE_UNKNOWN: pgettext_lazy("why a trace waits", "Licensee not in the register"),
    WaitReason.LICENSEE_CLOSED: pgettext_lazy("why a trace waits", "Licensee out of business"),
    WaitReason.SHIPS_TO_ITSELF: pgettext_lazy("why a trace waits", "Licensee ships to itself"),
    WaitReason.CHAIN_LOOPS: pgettext_lazy("why a trace waits", "Chain turns in a circle"),
    WaitReason.CHAIN_TOO_LONG: pgettext_lazy("why a trace waits", "Chain too long"),
    WaitReason.DATES_CONTRADICT: pgettext_lazy("why a trace waits", "Dates contradict each other"),
    WaitReason.DESCRIBED_OTHERWISE: pgettext_lazy("why a trace waits", "Other gun under this serial"),
    WaitReason.SEVERAL_GUNS: pgettext_lazy("why a trace waits", "Several guns fit"),
    WaitReason.NO_ANSWER: pgettext_lazy("why a trace waits", "Licensee gave no answer"),
}
"""Why a trace waits for a tracer, in a few words."""
