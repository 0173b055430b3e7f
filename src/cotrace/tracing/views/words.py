"""Requests and their parts as pages show them: facts in groups, a gun in few words, where a request stands."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.agencies.selectors import agency_contact
from cotrace.doors.furniture import Shown
from cotrace.doors.templatetags.telephone import telephone
from cotrace.firearms.rules.countries import COUNTRIES
from cotrace.firearms.sentences.countries import country_name
from cotrace.firearms.sentences.labels import CONDITIONS, IMPORTER_MARKS, gun_name, serial_shown
from cotrace.reference.selectors import code_label, code_table
from cotrace.tracing.reads.labels import FIELDS, PRIORITIES, STOLEN_CHECKS
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import Priority, TraceRequestDocument

Fact = tuple[str | Promise, Shown]

GUN_TYPES, OFFENCES = "ncic_type", "ncic_offense"
COMMON_OFFENCES = ("5212", "5202", "5203", "5217", "5214", "5213", "5201", "5299", "5801", "0999", "1399", "3599")
NEAR_COUNTRIES = ("MX", "US")


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def country_choices() -> list[tuple[str, str]]:
    """Return countries for a form: the two of this border, then all by name."""
    names = {code: country(code) or code for code in COUNTRIES}
    rest = sorted((each for each in names.items() if each[0] not in NEAR_COUNTRIES), key=lambda each: each[1].casefold())
    return [*((code, names[code]) for code in NEAR_COUNTRIES), *rest]


def offence(code: str | None) -> str:
    """Return an offence by code and name."""
    name = code_label(OFFENCES, code=code, language=language())
    return name if not code or name == code else f"{code} {_sentence_case(name)}"


def offence_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the offences in two groups, those that traces usually name first; empty where none are loaded."""
    table = code_table(OFFENCES)
    if not table:
        return []
    names = {code: f"{code} {_sentence_case(each.label(language()))}" for code, each in table.items()}
    usual = [(code, names[code]) for code in COMMON_OFFENCES if code in names]
    return [(_("Usual in traces"), usual), (_("All offences"), [*names.items()])]


def agency_name(code: str | None) -> str:
    """Return an agency by code and name, as far as it is known here."""
    desk = agency_contact(code or "")
    if desk is None:
        return code or ""
    return f"{desk.code} · {desk.name_es if language().startswith('es') else desk.name_en}"


def gun_words(gun: GunDescription) -> str:
    """Return a gun in a few words; its type where neither make nor calibre is known."""
    named = gun_name(make=gun.make, model=gun.model, calibre=gun.calibre, is_privately_made=gun.is_privately_made)
    return named or gun_type(gun.type_code) or _("A gun")


def gun_type(code: str | None) -> str:
    """Return the name of a type of gun."""
    return code_label(GUN_TYPES, code=code, language=language())


def gun_facts(document: TraceRequestDocument) -> list[Fact]:
    """Return the gun as the request describes it."""
    gun = document.gun
    facts: list[Fact] = [
        (FIELDS["gun.serial"], serial_shown(gun.serial or "", gun.serial_condition)),
        (FIELDS["gun.serial_condition"], CONDITIONS[gun.serial_condition]),
        (FIELDS["gun.type"], gun_type(gun.type_code) or None),
        (FIELDS["gun.make"], gun.make),
        (FIELDS["gun.model"], gun.model),
        (FIELDS["gun.calibre"], gun.calibre),
        (FIELDS["gun.country_of_origin"], country(gun.country_of_origin)),
    ]
    if gun.importer or gun.is_foreign:
        facts.append((FIELDS["gun.importer"], gun.importer or IMPORTER_MARKS[gun.importer_mark]))
    if gun.is_privately_made:
        facts.append((_("Made by"), _("A private person (not a licensee)")))
    return [*facts, *_present((("additional_markings", document.additional_markings),))]


def recovery_facts(document: TraceRequestDocument) -> list[Fact]:
    """Return when and where the gun was recovered."""
    recovery = document.recovery
    return [
        (FIELDS["recovery.date"], recovery.recovered_on),
        (FIELDS["recovery.city"], recovery.city),
        (FIELDS["recovery.state"], recovery.state),
        (FIELDS["recovery.country"], country(recovery.country)),
        *_present(
            (
                ("recovery.address", recovery.address),
                ("recovery.exhibit_number", recovery.exhibit_number),
                ("recovery.vehicle", recovery.vehicle),
                ("recovery.remarks", recovery.remarks),
            )
        ),
    ]


def case_facts(document: TraceRequestDocument) -> list[Fact]:
    """Return the case, how soon it is needed, and the checks made before."""
    agency, check = document.agency, document.stolen_check
    said = _("A criminal investigation") if document.is_criminal_investigation else None
    facts: list[Fact] = [
        (FIELDS["agency.case_number"], agency.case_number),
        (FIELDS["crime_code"], offence(document.crime_code) or None),
        (FIELDS["is_criminal_investigation"], said),
        (FIELDS["priority"], PRIORITIES[Priority(document.priority)]),
        (FIELDS["stolen_check.result"], STOLEN_CHECKS[check.result] if check else None),
    ]
    return facts + _present(
        (
            ("agency.other_case_number", agency.other_case_number),
            ("project_code", document.project_code),
            ("justification", document.justification),
            ("special_instructions", document.special_instructions),
            ("stolen_check.system", check.system if check else None),
            ("stolen_check.checked_on", check.checked_on if check else None),
            ("stolen_check.reference", check.reference if check else None),
            ("stolen_check.not_run_because", check.not_run_because if check else None),
        )
    )


def people_facts(document: TraceRequestDocument) -> list[Fact]:
    """Return who asks, and from whom the gun was taken."""
    agency, possessor = document.agency, document.possessor
    facts = _present(
        (
            ("agency.officer_name", agency.officer_name),
            ("agency.badge_number", agency.badge_number),
            ("agency.unit", agency.unit),
            ("agency.field_office", agency.field_office),
            ("agency.organization_code", agency.organization_code),
            ("agency.phone", telephone(agency.phone) if agency.phone else None),
            ("agency.fax", agency.fax),
            ("agency.email", agency.email),
            ("agency.mailing_address", agency.mailing_address),
            ("agency.agency_code", agency.agency_code),
        )
    )
    if possessor is None:
        return [*facts, (_("Taken from"), None)]
    name = " ".join(each for each in (possessor.given_names, possessor.family_names) if each)
    return [*facts, (_("Taken from"), name)]


def country(code: str | None) -> str | None:
    """Return the name of a country, None where none is stated."""
    return country_name(code, language=language()) if code else None


def _present(pairs: Iterable[tuple[str, Shown]]) -> list[Fact]:
    """Return the facts that a request holds; what nobody has to say is left out where it was not said."""
    return [(FIELDS[place], shown) for place, shown in pairs if shown is not None]


def _sentence_case(name: str) -> str:
    """Return a name of the code table without its capitals."""
    return name.capitalize() if name.isupper() else name
