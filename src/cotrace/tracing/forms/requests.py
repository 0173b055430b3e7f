"""The form of a trace request: what the description of a gun and its seizure do not say.

A field bears the name of its place in the request document. What is missing is decided by the rules there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cotrace.doors.sentences import sentence, sentence_of
from cotrace.foundation import clock
from cotrace.foundation.errors import CotraceError, FieldProblem
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.tracing.forms.request_fields import (
    CASE,
    CONTACT,
    HELP,
    KEYBOARDS,
    LONGEST,
    ORDER,
    PLACE,
    REQUIRED,
)
from cotrace.tracing.reads.drafts import EarlierRequest
from cotrace.tracing.reads.labels import FIELDS, PRIORITIES, STOLEN_CHECKS
from cotrace.tracing.rules.possible_values import impossible
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.request_recovery import StolenCheckResult

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Choice = tuple[str, str | Promise]
Group = tuple[str | Promise, Sequence[Choice]]

@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChoices:
    """What the form offers, in the reader's language. `offences` is empty where the table is not loaded."""

    centres: Sequence[Choice]
    offences: Sequence[Group] = ()
    countries: Sequence[Choice] = ()


def field_name(place: str) -> str:
    """Return the form's name of a field of the document."""
    return place.replace(".", "_")


class ProseField(forms.CharField):
    """Text of several lines, whose line ends become those of documents."""

    def __init__(self, *, rows: int, **details: object) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **details)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the text with single line ends."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class RequestForm(forms.Form):
    """What an officer adds to a described gun so that it can be traced."""

    is_criminal_investigation = forms.BooleanField(
        label=_("This request serves a criminal investigation of my agency, opened under the case number above."),
        help_text=_("Trace data may be used for nothing else."),
        error_messages={"required": _("State that the request serves a criminal investigation.")},
    )

    def __init__(
        self, *args: object, choices: RequestChoices, asked: Sequence[str] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places = {"is_criminal_investigation": "is_criminal_investigation"}
        for place in LONGEST:
            if place not in PLACE or place in asked:
                self._add(place, _line(place))
        self._add("crime_code", _offence(choices.offences))
        if "recovery.country" in asked:
            self._add("recovery.country", _chosen("recovery.country", choices.countries))
        self._add("possessor.birth_date", _day("possessor.birth_date"))
        self._add("stolen_check.result", _chosen("stolen_check.result", tuple(STOLEN_CHECKS.items())))
        self._add("priority", _priority())
        for place, rows in (("justification", 2), ("special_instructions", 2), ("recovery.remarks", 2)):
            prose = ProseField(rows=rows, label=FIELDS[place], help_text=HELP.get(place, ""), max_length=4000)
            self._add(place, prose)
        self.fields["centre"] = _centre(choices.centres)
        self.order_fields([field_name(place) for place in ORDER])

    def _add(self, place: str, field: forms.Field) -> None:
        self.fields[field_name(place)] = field
        self.places[field_name(place)] = place

    def clean(self) -> None:
        """Say of each field what cannot be at all, in one round with what is missing."""
        super().clean()
        for name, place in self.places.items():
            code = impossible(place, self.cleaned_data.get(name), today=clock.today())
            if code:
                self.add_error(name, sentence(code))

    def recovery_fields(self) -> list[BoundField]:
        """Return the fields about the place of recovery that this form asks."""
        return [self[field_name(place)] for place in PLACE if field_name(place) in self.fields]

    def has_more(self) -> bool:
        """Tell whether a field that is folded away holds something or is wrong."""
        folded = ("project_code", "recovery_vehicle", "recovery_remarks", "special_instructions")
        return any(self[name].errors or self[name].value() for name in folded)

    def details(self) -> JsonObject:
        """Return what was filled in, as a request document without its gun."""
        found: JsonObject = {}
        for name, place in self.places.items():
            value = self.cleaned_data.get(name)
            if not value or self._is_moot(place):
                continue
            part, _dot, field = place.rpartition(".")
            target = found.setdefault(part, {}) if part else found
            if isinstance(target, dict):
                target[field] = value.isoformat() if isinstance(value, date) else value
        return found

    def _is_moot(self, place: str) -> bool:
        """Tell whether a field asks about a choice that was not made: the page hides it then."""
        checked = self.cleaned_data.get("stolen_check_result")
        return {
            "justification": self.cleaned_data.get("priority") != Priority.URGENT,
            "stolen_check.system": checked == StolenCheckResult.NOT_RUN,
            "stolen_check.reference": checked == StolenCheckResult.NOT_RUN,
            "stolen_check.not_run_because": checked != StolenCheckResult.NOT_RUN,
        }.get(place, False)

    def add_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Put each problem beside its field, unless something stands there; leave out what is mended elsewhere."""
        names = {place: name for name, place in self.places.items()}
        for problem in problems:
            name = names.get(problem.field)
            if name and name not in self.errors:
                self.add_error(name, sentence_of(problem))

    def add_refusal(self, refusal: CotraceError) -> None:
        """Say what was refused: beside the fields, or above them all where none of them is at fault."""
        self.add_problems(refusal.fields)
        if not self.errors:
            self.add_error(None, sentence_of(refusal))


def initial_of(*, officer: str, earlier: EarlierRequest | None) -> Mapping[str, object]:
    """Return what the form begins with: who asks, and what an earlier request of the case or officer says."""
    found: dict[str, object] = {"priority": Priority.ROUTINE, "agency_officer_name": officer}
    if earlier is None:
        return found
    agency, document = earlier.document.agency, earlier.document
    said = {
        "agency.unit": agency.unit,
        "agency.phone": agency.phone,
        "agency.email": agency.email,
        "agency.case_number": agency.case_number,
        "agency.other_case_number": agency.other_case_number,
        "crime_code": document.crime_code,
        "project_code": document.project_code,
    }
    taken = [*(CONTACT if earlier.is_own else ()), *(CASE if earlier.is_same_seizure else ())]
    found["agency_agency_code"] = agency.agency_code or ""
    return found | {field_name(place): said[place] or "" for place in taken}


def _line(place: str) -> forms.CharField:
    attrs = {"autocomplete": "off", **KEYBOARDS.get(place, {})}
    field = forms.CharField(
        label=FIELDS[place],
        required=place in REQUIRED,
        max_length=LONGEST[place],
        help_text=HELP.get(place, ""),
        widget=forms.TextInput(attrs=attrs),
        error_messages=_missing(),
    )
    if place in {"agency.agency_code", "agency.case_number", "agency.other_case_number"}:
        field.widget.attrs["data-mono"] = True
    return field


def _chosen(place: str, offered: Sequence[tuple[object, object]]) -> forms.ChoiceField:
    unsaid = ("", _("Not stated"))
    return forms.ChoiceField(
        label=FIELDS[place],
        required=place in REQUIRED,
        choices=[unsaid, *offered],
        help_text=HELP.get(place, ""),
        error_messages=_missing(),
    )


def _offence(offered: Sequence[Group]) -> forms.CharField:
    """Return the field for the offence: a list where the table is loaded, else its four digits."""
    first: Choice = ("", _("Choose the offence"))
    widget = forms.Select(choices=[first, *offered]) if offered else forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.CharField(label=FIELDS["crime_code"], max_length=4, widget=widget, error_messages=_missing())


def _priority() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=FIELDS["priority"], choices=[*PRIORITIES.items()], widget=forms.RadioSelect, required=False
    )


def _centre(offered: Sequence[Choice]) -> forms.ChoiceField:
    """Return the field for the tracing centre; where there is one only, it is not asked."""
    field = forms.ChoiceField(label=_("Tracing centre"), choices=offered)
    field.initial = offered[0][0] if offered else ""
    if len(offered) == 1:
        field.widget = forms.HiddenInput()
    return field


def _day(place: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"})
    return forms.DateField(label=FIELDS[place], required=False, input_formats=["%Y-%m-%d"], widget=widget)


def _missing() -> dict[str, "str | _StrPromise"]:
    return {"required": _("Please fill in this field.")}
