"""How a list of seizures is narrowed, how one is written down, and who may see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.doors.form_problems import add_refusal
from cotrace.files.rules.words import Reason
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid
from cotrace.seizures.reads import SeizureRead
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues, value_problems
from cotrace.seizures.rules.search import TEXT_MAX, SeizureFilter
from cotrace.seizures.sentences.labels import ENTERED_REASONS, FIELDS, reason_text
from cotrace.seizures.services.record import Visibility
from cotrace.sharing.rules.levels import Level

Choice = tuple[str, str | Promise]
COUNTED = (*ITEMS, "detained")
TEAR_LINE_MAX = 500
NOTES_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureChoices:
    """What the form offers, in the reader's language. `municipios` are those of one state."""

    states: Sequence[Choice]
    municipios: Sequence[Choice] = ()
    forces: Sequence[Choice]
    circles: Sequence[Choice] = ()


def day_field(**details: object) -> forms.DateField:
    """Return a field for a day that can be read one way only: the browser's own calendar, ISO on the wire."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, **details)  # type: ignore[arg-type]


class FilterForm(forms.Form):
    """What a list of seizures is narrowed by."""

    text = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": _("Place, notes, force")}
        ),
    )
    state = forms.CharField(label=pgettext_lazy("part of a country", "State"), required=False, max_length=2)
    force = forms.CharField(label=_("Force that took part"), required=False, max_length=24)
    since = day_field(label=_("Seized since"), required=False)
    until = day_field(label=_("Seized until"), required=False)

    def __init__(self, *args: object, choices: SeizureChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every: Choice = ("", pgettext_lazy("choice of a filter", "All"))
        self.fields["state"].widget = forms.Select(choices=[every, *choices.states])
        self.fields["force"].widget = forms.Select(choices=[every, *choices.forces])

    def clean(self) -> None:
        """Refuse a first day after the last."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", forms.ValidationError(_("The last day lies before the first.")))

    def kept(self) -> dict[str, str]:
        """Return what was filled in, as text that a session can keep."""
        return {name: _as_text(value) for name, value in self.cleaned_data.items() if value}


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def filter_of(kept: Mapping[str, str]) -> SeizureFilter:
    """Return the filter that a kept search means."""
    return SeizureFilter(
        text=kept.get("text", ""),
        state_code=kept.get("state", ""),
        force=kept.get("force", ""),
        since_on=_as_day(kept.get("since", "")),
        until_on=_as_day(kept.get("until", "")),
    )


def _as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


CAPS: tuple[Choice, ...] = (
    (Level.FULL.name, _("All that a memorandum allows")),
    (Level.TEAR_LINE.name, _("At most the tear-line: date, state, whether guns were taken, and your extract")),
    (Level.POINTER.name, _("At most whom to call: your liaison desk, nothing of the record")),
    (Level.NOTHING.name, _("Nothing: no other agency learns that it exists")),
)


class VisibilityForm(forms.Form):
    """Who may see a seizure besides its own agency, and who inside it."""

    cap = forms.ChoiceField(
        label=_("What other agencies may see"), choices=CAPS, widget=forms.RadioSelect, initial=Level.FULL.name
    )
    circle = forms.ChoiceField(
        label=_("Circle"),
        required=False,
        help_text=_(
            "With a circle, only its members see the record, also inside your agency. Without one, everyone in your "
            "agency whose role allows it."
        ),
    )

    def __init__(self, *args: object, choices: SeizureChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nobody: Choice = ("", _("No circle"))
        self.fields["circle"].choices = [nobody, *choices.circles]  # type: ignore[attr-defined]

    def visibility(self) -> Visibility:
        """Return what was chosen."""
        return Visibility(cap=Level[self.cleaned_data["cap"]], circle=self.cleaned_data["circle"])


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFields:
    """The two fields of one count: its number, and why there is none."""

    number: BoundField
    reason: BoundField


class SeizureForm(forms.Form):
    """A seizure as it is written down. A number that is left empty is "not recorded", never zero."""

    occurred_on = day_field(label=FIELDS["occurred_on"])
    state_code = forms.CharField(
        label=FIELDS["state_code"],
        required=False,
        help_text=_("In the United States, write the city under Place."),
    )
    municipio_code = forms.CharField(label=FIELDS["municipio_code"], required=False)
    place = forms.CharField(
        label=FIELDS["place"],
        required=False,
        max_length=200,
        help_text=_("Street, kilometre, building. Only readers who see the record in full get it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    participants = forms.MultipleChoiceField(
        label=FIELDS["participants"], required=False, widget=forms.CheckboxSelectMultiple
    )
    notes = forms.CharField(
        label=FIELDS["notes"],
        required=False,
        max_length=NOTES_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only readers who see the record in full get them."),
    )
    tear_line = forms.CharField(
        label=_("What may another agency read?"),
        required=False,
        max_length=TEAR_LINE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The tear-line: one or two sentences with no names, no exact place, no source and no method. Agencies "
            "with a memorandum see it beside the date, the state and whether guns were taken. At most 500 characters."
        ),
    )

    def __init__(self, *args: object, choices: SeizureChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unsaid: Choice = ("", _("Not recorded"))
        asks = {
            "hx-get": reverse_lazy("seizures:municipalities"),
            "hx-trigger": "change",
            "hx-target": "#municipality",
            "hx-swap": "outerHTML",
        }
        self.fields["state_code"].widget = forms.Select(choices=[unsaid, *choices.states], attrs=asks)
        first: Choice = ("", _("Not recorded") if choices.municipios else _("Choose a state of Mexico first"))
        self.fields["municipio_code"].widget = forms.Select(choices=[first, *choices.municipios])
        self.fields["participants"].choices = choices.forces  # type: ignore[attr-defined]
        for item in COUNTED:
            self._add_count(item)

    def _add_count(self, item: str) -> None:
        number = forms.IntegerField(label=FIELDS[item], required=False)
        number.widget.attrs.update({"min": "0", "inputmode": "numeric", "autocomplete": "off"})
        self.fields[item] = number
        given = str(self.initial.get(f"{item}_reason", Reason.BLANK))
        offered: list[Choice] = [*ENTERED_REASONS.items()]
        if given not in ENTERED_REASONS:
            offered.append((given, reason_text(given)))
        self.fields[f"{item}_reason"] = forms.ChoiceField(
            label=_("Why there is no number"), choices=offered, initial=given, required=False
        )

    def clean(self) -> None:
        """Find beside what is malformed also what the rules refuse, so that all is corrected in one round."""
        if not self.errors:
            return
        known = self.values()
        found = value_problems(
            known,
            today=clock.today(),
            states=frozenset({known.state_code}),
            municipios=frozenset({known.municipio_code}),
        )
        new = tuple(each for each in found if each.field not in self.errors)
        if new:
            add_refusal(self, Invalid("seizure_incomplete", fields=new))

    def amounts(self) -> Iterator[AmountFields]:
        """Yield the fields of each count, in the order of the page."""
        for item in COUNTED:
            yield AmountFields(number=self[item], reason=self[f"{item}_reason"])

    def values(self) -> SeizureValues:
        """Return what was filled in, without what is malformed. Beside a number the reason means nothing."""
        said = self.cleaned_data
        return SeizureValues(
            occurred_on=said.get("occurred_on"),
            state_code=said.get("state_code", ""),
            municipio_code=said.get("municipio_code", ""),
            place=said.get("place", ""),
            participants=tuple(said.get("participants", ())),
            amounts={item: self._amount(item) for item in ITEMS},
            detained=self._amount("detained"),
            notes=said.get("notes", ""),
            tear_line=said.get("tear_line", ""),
        )

    def _amount(self, item: str) -> Amount:
        number = self.cleaned_data.get(item)
        if number is not None:
            return Amount(quantity=number)
        return Amount(quantity=None, reason=self.cleaned_data.get(f"{item}_reason") or Reason.BLANK)


def initial_of(read: SeizureRead) -> dict[str, object]:
    """Return what the form of a seizure begins with; the reader sees it in full."""
    amounts = {**(read.amounts or {}), "detained": read.detained or Amount(quantity=None, reason=Reason.BLANK)}
    counted = {item: each.quantity for item, each in amounts.items()}
    reasons = {f"{item}_reason": each.reason or Reason.BLANK for item, each in amounts.items()}
    return {
        "occurred_on": read.occurred_on,
        "state_code": read.state_code or "",
        "municipio_code": read.municipio_code or "",
        "place": read.place or "",
        "participants": list(read.participants or ()),
        "notes": read.notes or "",
        "tear_line": read.tear_line or "",
        **counted,
        **reasons,
    }


def initial_of_entered(entered: QueryDict) -> dict[str, object]:
    """Return what somebody filled in so far, to be shown again without being judged."""
    plain: dict[str, object] = {name: entered.get(name, "") for name in entered}
    return {**plain, "participants": entered.getlist("participants")}
