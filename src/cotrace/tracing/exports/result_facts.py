"""The facts of a result as labelled lines for paper: the first sale, the gun, its recovery and the case.

In the active language. Every text goes through `printable`, so that what came from another installation or a
licensee's book shows as it is or as a code, and never disturbs the page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cotrace.doors import formats
from cotrace.files.rules.printable import printable
from cotrace.firearms.rules.serials import SerialCondition
from cotrace.firearms.sentences.countries import country_name
from cotrace.firearms.sentences.labels import CONDITIONS, IMPORTER_MARKS
from cotrace.tracing.reads.labels import BANDS, FIELDS, NO_NUMBERS
from cotrace.tracing.reads.results import TraceResult
from cotrace.tracing.rules.answers import Address, IdentityDocument, LicenseeRef, Purchaser
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.request_recovery import Recovery
from cotrace.tracing.rules.time_to_crime import NoTimeToCrime, TimeToCrime


class Look(StrEnum):
    """How a line looks; the template has a look for each."""

    PLAIN = "plain"
    LARGE = "large"
    NOTE = "note"
    SMALL = "small"
    SERIAL = "serial"
    NUMBER = "number"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of words."""

    words: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A labelled value of one or more lines."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Facts under a heading, in columns."""

    heading: str
    columns: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderCopy:
    """Whose copy a page is, and when it was opened. `agency` is a code; `country` and `agency_name` are that agency's.

    `gun_type` is the name of the gun's kind in `language`, "en" or "es".
    """

    language: str
    person: str
    agency: str
    agency_name: str
    country: str
    gun_type: str
    at: datetime
    is_demo: bool


def line(words: str, look: Look = Look.PLAIN) -> Line:
    """Return one line in which every character shows."""
    return Line(words=printable(words), look=look)


def _fact(label: object, *lines: Line | None) -> Fact:
    """Return a labelled value; without any line, that it is not on record."""
    said = tuple(each for each in lines if each is not None)
    return Fact(label=str(label), lines=said or (line(_("not recorded"), Look.ABSENT),))


def _text(label: object, words: str | None) -> Fact:
    return _fact(label, line(words) if words else None)


def _not_established() -> Line:
    return line(_("not established"), Look.ABSENT)


def sale(result: TraceResult, copy: ReaderCopy) -> Section:
    """Return buyer, dealer and the time until the recovery: what a result is opened for."""
    buyer = (_purchaser(result.purchaser, copy), _bought(result.purchased_on))
    seller = (_dealer(result.dealer), _time(result.time_to_crime))
    return Section(heading=_("The first sale"), columns=(buyer, seller))


def _bought(day: date | None) -> Fact:
    return _fact(_("Bought on"), line(formats.day(day)) if day else _not_established())


def _purchaser(person: Purchaser | None, copy: ReaderCopy) -> Fact:
    label = _("Purchaser")
    if person is None:
        return _fact(label, _not_established())
    name = " ".join(each for each in (person.given_names, person.family_names) if each)
    born = _("Born %(day)s") % {"day": formats.day(person.birth_date)} if person.birth_date else None
    notes = (born, _address(person.address, copy), _identity(person.document))
    return _fact(label, line(name, Look.LARGE), *(line(each, Look.NOTE) for each in notes if each))


def _address(address: Address | None, copy: ReaderCopy) -> str | None:
    if address is None:
        return None
    place = " ".join(each for each in (address.state, address.postal_code) if each)
    parts = (address.street, address.city, place, _country(address.country, copy))
    return ", ".join(each for each in parts if each) or None


def _country(code: str | None, copy: ReaderCopy) -> str | None:
    return country_name(code, language=copy.language) if code else None


def _identity(document: IdentityDocument | None) -> str | None:
    if document is None:
        return None
    said = " ".join(each for each in (document.type_name, document.number) if each)
    shown = _("%(document)s, issued by %(issuer)s") % {"document": said, "issuer": document.issuer}
    return shown if document.issuer else said


def _dealer(dealer: LicenseeRef | None) -> Fact:
    label = _("Dealer")
    if dealer is None:
        return _fact(label, _not_established())
    if not dealer.name:
        return _fact(label, line(dealer.number, Look.NUMBER))
    return _fact(label, line(dealer.name, Look.LARGE), line(dealer.number, Look.NUMBER))


def _time(found: TimeToCrime | NoTimeToCrime) -> Fact:
    label = _("Time-to-crime")
    if isinstance(found, NoTimeToCrime):
        why = _("none: %(reason)s") % {"reason": NO_NUMBERS[found.reason]}
        return _fact(label, line(why, Look.ABSENT))
    days = ngettext("%(days)s day", "%(days)s days", found.days) % {"days": formats.number(found.days)}
    band = _("ATF's band: %(band)s") % {"band": BANDS[found.band]}
    short = line(_("Short: three years or less from purchase to recovery."), Look.NOTE) if found.is_short else None
    return _fact(label, line(days, Look.LARGE), line(band, Look.NOTE), short)


def recovery(result: TraceResult, copy: ReaderCopy) -> Section:
    """Return the gun, where and when it was recovered, and the case."""
    recovered_on = formats.day(result.recovered_on) if result.recovered_on else None
    recovered = (
        _text(FIELDS["recovery.date"], recovered_on),
        _text(_("Place of recovery"), _place(result.request.recovery, copy)),
    )
    columns = (_gun(result.gun, copy), recovered, _case(result.request))
    return Section(heading=_("The gun and its recovery"), columns=columns)


def _case(request: TraceRequestDocument) -> tuple[Fact, ...]:
    rest = (
        (FIELDS["agency.other_case_number"], request.agency.other_case_number),
        (FIELDS["recovery.exhibit_number"], request.recovery.exhibit_number),
        (_("Seizure"), request.seizure_number),
    )
    numbers = tuple(_text(label, words) for label, words in rest if words)
    return (_text(FIELDS["agency.case_number"], request.agency.case_number), *numbers)


def _gun(gun: GunDescription, copy: ReaderCopy) -> tuple[Fact, ...]:
    make = " ".join(each for each in (gun.make, gun.model) if each)
    kind = ", ".join(each for each in (gun.calibre, copy.gun_type) if each)
    facts = (
        _fact(FIELDS["gun.serial"], *_serial(gun)),
        _text(_("Make and model"), make or (_("Privately made gun") if gun.is_privately_made else None)),
        _text(_("Calibre and kind"), kind),
        _text(FIELDS["gun.country_of_origin"], _country(gun.country_of_origin, copy)),
    )
    if not gun.importer and not gun.is_foreign:
        return facts
    mark = line(str(IMPORTER_MARKS[gun.importer_mark]), Look.ABSENT)
    return (*facts, _fact(FIELDS["gun.importer"], line(gun.importer) if gun.importer else mark))


def _serial(gun: GunDescription) -> list[Line]:
    """Return the serial as read, and how much of it was read where that is not all."""
    condition = str(CONDITIONS[gun.serial_condition])
    if not gun.serial:
        return [line(condition, Look.ABSENT)]
    is_whole = gun.serial_condition is SerialCondition.READ
    return [line(gun.serial, Look.SERIAL), *([] if is_whole else [line(condition, Look.NOTE)])]


def _place(recovery: Recovery, copy: ReaderCopy) -> str | None:
    parts = (recovery.address, recovery.city, recovery.state, _country(recovery.country, copy))
    return ", ".join(each for each in parts if each) or None
