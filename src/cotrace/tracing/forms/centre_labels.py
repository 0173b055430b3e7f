"""What a licensee can answer, and where its connector may be, in words. Texts are lazy: in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cotrace.tracing.rules.answers import AgencyKind, AnswerKind, GapReason, LossPlace, NotFoundReason
from cotrace.tracing.rules.connector_register import Reach

Labels = Mapping[str, Promise]

ANSWERS: Labels = {
    AnswerKind.SHIPPED_TO: _("Shipped to another licensee"),
    AnswerKind.SOLD_TO_PURCHASER: _("Sold to a person"),
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
