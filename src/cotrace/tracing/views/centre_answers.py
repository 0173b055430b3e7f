"""A licensee's answer in words; the purchaser is in none of them."""

from django.utils.translation import gettext as _

from cotrace.doors import formats
from cotrace.tracing.forms.centre_labels import BUYERS, GAPS, NOT_FOUND, PLACES
from cotrace.tracing.rules.answers import (
    Acquisition,
    Answer,
    AnswerKind,
    Exported,
    LicenseeRef,
    NotInRecords,
    RecordIncomplete,
    SeveralGuns,
    ShippedTo,
    SoldToAgency,
    SoldToPurchaser,
    StolenOrLost,
    event_date,
    kind_of,
)
from cotrace.tracing.rules.gun import RecordedGun
from cotrace.tracing.views.words import country


def licensee_words(licensee: LicenseeRef) -> str:
    """Return a licensee by name and number, as far as it is named."""
    if not licensee.name:
        return licensee.number
    return f"{licensee.name} ({licensee.number})"


def answer_words(answer: Answer) -> str:
    """Return what a licensee said, in one sentence and without a person's name."""
    match answer:
        case ShippedTo(licensee=licensee):
            return _shipped(licensee_words(licensee), answer)
        case SoldToPurchaser():
            return _dated(answer, _("Sold to a private buyer on %(day)s."), _("Sold to a private buyer; the day is not stated."))
        case NotInRecords(reason=reason):
            return f"{NOT_FOUND[reason]}."
        case SeveralGuns():
            return _("Several guns of the records fit.")
        case StolenOrLost(place=place):
            said = _("Reported stolen or lost: %(place)s.") % {"place": PLACES[place]}
            return f"{said} {_dated(answer, _('Discovered on %(day)s.'), '')}".strip()
        case Exported(country=code):
            with_day = _("Exported to %(country)s on %(day)s.")
            without = _("Exported to %(country)s; the day is not stated.")
            return _dated(answer, with_day, without, country=country(code) or code)
        case SoldToAgency(agency_kind=kind, agency_name=name):
            said_of = {"name": name, "kind": str(BUYERS[kind])}
            with_day = _("Sold to %(name)s on %(day)s (%(kind)s).")
            return _dated(answer, with_day, _("Sold to %(name)s (%(kind)s); the day is not stated."), **said_of)
        case RecordIncomplete(reason=gap):
            return f"{GAPS[gap]}."
        case _:
            return _("No answer yet.")


def answer_lines(answer: Answer) -> list[str]:
    """Return what an answer says besides: other guns that it describes, references, consignees."""
    match answer:
        case NotInRecords(same_serial=others):
            return [_("Under this serial the book has: %(gun)s") % {"gun": book_words(each)} for each in others]
        case SeveralGuns(candidates=others):
            return [_("It could be: %(gun)s") % {"gun": book_words(each)} for each in others]
        case SoldToPurchaser(form_reference=reference) if reference:
            return [_("Reference of form 4473: %(reference)s") % {"reference": reference}]
        case StolenOrLost(report_reference=reference) if reference:
            return [_("Report: %(reference)s") % {"reference": reference}]
        case Exported(consignee=consignee) if consignee:
            return [_("Received there by: %(name)s") % {"name": consignee}]
        case _:
            return []


def book_words(gun: RecordedGun) -> str:
    """Return how a licensee's book describes a gun."""
    return " ".join(part for part in (gun.make, gun.model, gun.calibre) if part) or gun.serial


def acquisition_words(acquisition: Acquisition) -> str:
    """Return how the gun came to a licensee by its own book; empty where it does not say."""
    day = formats.day(acquisition.acquired_on) if acquisition.acquired_on else ""
    supplier = licensee_words(acquisition.supplier) if acquisition.supplier else ""
    if day and supplier:
        return _("On %(day)s from %(supplier)s") % {"day": day, "supplier": supplier}
    if day:
        return _("On %(day)s") % {"day": day}
    return _("From %(supplier)s") % {"supplier": supplier} if supplier else ""


def is_dead_end(answer: Answer) -> bool:
    """Tell whether an answer leaves open where the gun went."""
    open_ended = {AnswerKind.NOT_IN_RECORDS, AnswerKind.SEVERAL_GUNS, AnswerKind.RECORD_INCOMPLETE}
    return kind_of(answer) in open_ended


def _shipped(licensee: str, answer: ShippedTo) -> str:
    if answer.invoice:
        with_day = _("Shipped to %(licensee)s on %(day)s, invoice %(invoice)s.")
        without = _("Shipped to %(licensee)s, invoice %(invoice)s; the day is not stated.")
        return _dated(answer, with_day, without, licensee=licensee, invoice=answer.invoice)
    with_day = _("Shipped to %(licensee)s on %(day)s.")
    return _dated(answer, with_day, _("Shipped to %(licensee)s; the day is not stated."), licensee=licensee)


def _dated(answer: Answer, with_day: str, without: str, **said: str) -> str:
    day = event_date(answer)
    return with_day % {**said, "day": formats.day(day)} if day else without % said
