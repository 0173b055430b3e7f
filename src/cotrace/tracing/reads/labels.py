"""What the codes of requests and results are called on pages and on paper, in the reader's language.

One table per closed list of codes; tests/unit/tracing/test_labels.py holds them complete.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.doors.furniture import Badge, Tone
from cotrace.firearms.sentences.labels import FIELDS as GUN_FIELDS
from cotrace.tracing.reads.request_labels import PARTS
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import Finding
from cotrace.tracing.rules.formal_step import Certifiable, Way
from cotrace.tracing.rules.outcomes import LastPoint
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.request_recovery import StolenCheckResult
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.rules.time_to_crime import Band, NoNumberReason
from cotrace.tracing.rules.trace_view import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STANDINGS: dict[ShownAs, Badge] = {
    ShownAs.YOURS: Badge(text=_("Waiting for your agency"), tone=Tone.ATTENTION),
    ShownAs.RECEIVED: Badge(text=pgettext_lazy("standing of a request", "Received"), tone=Tone.NEUTRAL),
    ShownAs.IN_PROCESS: Badge(text=pgettext_lazy("standing of a request", "In process"), tone=Tone.WAITING),
    ShownAs.RESULT: Badge(text=pgettext_lazy("standing of a request", "Result"), tone=Tone.DONE),
    ShownAs.CLOSED: Badge(text=pgettext_lazy("standing of a request", "Closed"), tone=Tone.CLOSED),
}

PRIORITIES: dict[Priority, "_StrPromise"] = {
    Priority.ROUTINE: pgettext_lazy("priority of a trace", "Routine"),
    Priority.URGENT: pgettext_lazy("priority of a trace", "Urgent"),
}

STOLEN_CHECKS: dict[StolenCheckResult, "_StrPromise"] = {
    StolenCheckResult.NO_RECORD: _("Checked: no record"),
    StolenCheckResult.STOLEN: _("Checked: reported stolen"),
    StolenCheckResult.NOT_RUN: _("Not checked"),
}

ROLES: dict[Role, "_StrPromise"] = {
    Role.MAKER: pgettext_lazy("role in the chain", "Maker"),
    Role.IMPORTER: pgettext_lazy("role in the chain", "Importer"),
    Role.WHOLESALER: pgettext_lazy("role in the chain", "Wholesaler"),
    Role.DEALER: pgettext_lazy("role in the chain", "Dealer"),
}

ANSWERS: dict[AnswerKind, "_StrPromise"] = {
    AnswerKind.SHIPPED_TO: _("Shipped the gun to the next licensee."),
    AnswerKind.SOLD_TO_PURCHASER: _("Sold the gun to a private buyer (not a licensee)."),
    AnswerKind.NOT_IN_RECORDS: _("Has no such gun in its records."),
    AnswerKind.SEVERAL_GUNS: _("Has more than one gun in its records that fits the description."),
    AnswerKind.STOLEN_OR_LOST: _("Reported the gun stolen or lost."),
    AnswerKind.EXPORTED: _("Exported the gun from the United States."),
    AnswerKind.SOLD_TO_AGENCY: _("Sold the gun to a public body."),
    AnswerKind.RECORD_INCOMPLETE: _("Has the gun in its book, but not where it went."),
    AnswerKind.PENDING: _("Asked for more time."),
}

FINDINGS: dict[Finding, "_StrPromise"] = {
    Finding.DATES_GO_BACK: _("By its record the gun left before it came here."),
    Finding.DATE_AFTER_RECOVERY: _("By its record the gun left after it was recovered."),
    Finding.ACQUIRED_BEFORE_SHIPPED: _("By its book the gun came here before the supplier shipped it."),
    Finding.DATE_MISSING: _("The record has no date."),
    Finding.SUPPLIER_DIFFERS: _("Its book names another supplier than the one whose records led here."),
    Finding.MAKE_DIFFERS: _("Its record names another make than the request."),
    Finding.CALIBRE_DIFFERS: _("Its record names another calibre than the request."),
    Finding.NOT_ANSWERED: _("It did not answer."),
}

LAST_POINTS: dict[LastPoint, "_StrPromise"] = {
    LastPoint.NONE: _("No licensee: the description did not lead to one"),
    LastPoint.MAKER: _("The maker or importer"),
    LastPoint.WHOLESALE: _("A wholesaler"),
    LastPoint.RETAIL: _("The dealer"),
    LastPoint.AFTER_RETAIL: _("A sale after the first one"),
    LastPoint.ANY: _("The licensee named last in the chain"),
}

BANDS: dict[Band, "_StrPromise"] = {
    Band.UNDER_3_MONTHS: _("under 3 months"),
    Band.FROM_3_TO_7_MONTHS: _("3 to under 7 months"),
    Band.FROM_7_MONTHS_TO_1_YEAR: _("7 months to under 1 year"),
    Band.FROM_1_TO_2_YEARS: _("1 to under 2 years"),
    Band.FROM_2_TO_3_YEARS: _("2 to under 3 years"),
    Band.FROM_3_YEARS: _("3 years and over"),
}

NO_NUMBERS: dict[NoNumberReason, "_StrPromise"] = {
    NoNumberReason.PURCHASE_DATE_MISSING: _("the date of purchase is not known"),
    NoNumberReason.RECOVERY_DATE_MISSING: _("the date of recovery is not known"),
    NoNumberReason.RECOVERED_BEFORE_PURCHASE: _("by the records the gun was recovered before it was bought"),
}

FORMAL_STEPS: dict[Certifiable, "_StrPromise"] = {
    Certifiable.SALE: _(
        "Have the record of this sale certified: the entry in the book of %(dealer)s, and the form that the "
        "purchaser signed."
    ),
    Certifiable.ENTRIES: _("Have those entries of the licensees certified that the case needs."),
}

WAYS: dict[Way, "_StrPromise"] = {
    Way.TRACING_CENTRE: _(
        "Ask through the tracing centre, cite this trace, and keep the number of that request with the case."
    ),
    Way.LEGAL_ASSISTANCE: _(
        "The records lie in the United States: ask by a request for international legal assistance, through your "
        "central authority. Cite this trace, and keep the number of that request with the case."
    ),
}

FIELDS: Mapping[str, "_StrPromise"] = {
    "gun.serial": GUN_FIELDS["serial"],
    "gun.serial_condition": GUN_FIELDS["serial_condition"],
    "gun.make": GUN_FIELDS["make"],
    "gun.model": GUN_FIELDS["model"],
    "gun.calibre": GUN_FIELDS["calibre"],
    "gun.type": GUN_FIELDS["type_code"],
    "gun.country_of_origin": GUN_FIELDS["country_of_origin"],
    "gun.importer": GUN_FIELDS["importer"],
    "additional_markings": GUN_FIELDS["markings"],
    "agency.agency_code": _("Agency code (ORI)"),
    "agency.case_number": _("Case number"),
    "agency.other_case_number": _("Joint or federal case number"),
    "agency.officer_name": _("Officer"),
    "agency.unit": _("Unit"),
    "agency.phone": _("Telephone"),
    "agency.email": _("E-mail"),
    "recovery.date": _("Recovered on"),
    "recovery.city": _("City or municipality"),
    "recovery.state": pgettext_lazy("part of a country", "State"),
    "recovery.country": _("Country"),
    "recovery.address": _("Exact place"),
    "recovery.exhibit_number": GUN_FIELDS["exhibit_number"],
    "recovery.remarks": _("Remarks on the recovery"),
    "priority": _("Priority"),
    "justification": _("Why it is urgent"),
    "special_instructions": _("Instructions to the tracing centre"),
    "crime_code": _("Offence under investigation"),
    "project_code": _("Project or operation code"),
    "possessor.family_names": _("Surnames"),
    "possessor.given_names": _("Given names"),
    "possessor.birth_date": _("Date of birth"),
    "stolen_check.result": _("Stolen-gun check"),
    "stolen_check.system": _("Where it was checked"),
    "stolen_check.not_run_because": _("Why it was not checked"),
    "is_criminal_investigation": _("Stated purpose"),
    **PARTS,
    "possessor.alias": PARTS["person.alias"],
}
"""The fields of a request document by their place in it."""
