"""The forms of this room: fields and their words. What may be kept is decided by the services."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cotrace.audit.reads import EventFilter
from cotrace.foundation.ids import normal_number
from cotrace.sharing.rules.agreements import PURPOSES, Clause
from cotrace.sharing.rules.directions import DIRECTIONS, Category, pairs_of
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.sentences.grounds import category_words, purpose_words
from cotrace.sharing.services.agreements import AgreementDraft
from cotrace.sharing.services.circles import EMERGENCY_MINUTES_MAX, REASON_CHARACTERS_MIN

Choice = tuple[str, str | Promise]

OFFERED: tuple[Choice, ...] = (
    (Level.NOTHING.name, _("nothing")),
    (Level.POINTER.name, _("whom to call")),
    (Level.TEAR_LINE.name, _("the tear-line")),
    (Level.FULL.name, _("everything")),
)


NO_KEEPER = _("None of the parties you chose has such records. Set it to nothing, or choose one that has.")
TOO_FEW_OTHERS = _("This speaks of two or more other parties. Set it to nothing, or choose another party.")


def _day_field(**details: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, **details)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFields:
    """The directions of one category: they of ours, we of theirs, the others of each other; None where none has any."""

    label: str
    theirs: BoundField | None
    ours: BoundField | None
    among: BoundField | None


class AgreementForm(forms.Form):
    """A memorandum between one's agency and others: for each category one level in each direction."""

    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=200)
    others = forms.MultipleChoiceField(label=_("Other parties"), widget=forms.CheckboxSelectMultiple)
    purposes = forms.MultipleChoiceField(
        label=_("Purposes"),
        widget=forms.CheckboxSelectMultiple,
        initial=list(PURPOSES),
        help_text=_("Records seen under this memorandum may be used for these, and for nothing else."),
    )
    starts_on = _day_field(
        label=_("First day"), help_text=_("Nothing is shared before it, nor before every party has signed.")
    )
    review_on = _day_field(label=_("Review on"))
    ends_on = _day_field(
        label=_("Last day"), required=False, help_text=_("Empty: until a party ends it.")
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Statutes and powers that let each party share and the signers sign."),
    )

    def __init__(
        self, *args: object, agency: str, agencies: Sequence[Choice], categories: Sequence[Category], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.agency = agency
        self.fields["others"].choices = agencies  # type: ignore[attr-defined]
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (each, purpose_words(each)) for each in PURPOSES
        ]
        everybody = [code for code, _words in agencies]
        self.directions = {
            f"{direction}_{category.kind}": (direction, category)
            for category in categories
            for direction in DIRECTIONS
            if pairs_of(direction, category=category, us=agency, others=everybody)
        }
        labels = _labels()
        for name, (direction, category) in self.directions.items():
            label = labels[direction] % {"category": _named(category)}
            self.fields[name] = forms.ChoiceField(label=label, choices=OFFERED, initial=Level.NOTHING.name)

    @property
    def has_among(self) -> bool:
        """Tell whether there are agencies enough for some to be others to each other."""
        return any(direction == "among" for direction, _category in self.directions.values())

    def levels(self) -> Iterator[CategoryFields]:
        """Yield the fields of each category that some party could share."""
        for category in dict.fromkeys(category for _direction, category in self.directions.values()):
            fields = {each: f"{each}_{category.kind}" for each in DIRECTIONS}
            shown = {each: self[name] if name in self.fields else None for each, name in fields.items()}
            yield CategoryFields(label=_named(category), **shown)

    def clean(self) -> None:
        """Refuse a level that speaks of nobody's records, and a memorandum under which nobody would see anything."""
        chosen = {name for name in self.directions if self.cleaned_data.get(name) != Level.NOTHING.name}
        if not chosen:
            self.add_error(None, forms.ValidationError(_("Choose for at least one category what is shared.")))
        others: list[str] = self.cleaned_data.get("others") or []
        for name in chosen & set(self.cleaned_data) if others else ():
            if not self._pairs(name, others):
                is_among = self.directions[name][0] == "among" and len(others) < 2
                self.add_error(name, TOO_FEW_OTHERS if is_among else NO_KEEPER)

    def _pairs(self, name: str, others: Sequence[str]) -> list[tuple[str, str]]:
        direction, category = self.directions[name]
        return pairs_of(direction, category=category, us=self.agency, others=others)

    def draft(self) -> AgreementDraft:
        """Return what was filled in."""
        said = self.cleaned_data
        others = tuple(said["others"])
        return AgreementDraft(
            title_en=said["title_en"],
            title_es=said["title_es"],
            legal_basis=said["legal_basis"],
            purposes=tuple(said["purposes"]),
            parties=(self.agency, *others),
            clauses=tuple(self._clauses(others)),
            starts_on=said["starts_on"],
            review_on=said["review_on"],
            ends_on=said["ends_on"],
        )

    def _clauses(self, others: tuple[str, ...]) -> Iterator[Clause]:
        for name, (_direction, category) in self.directions.items():
            level = Level[self.cleaned_data[name]]
            for owner, viewer in self._pairs(name, others) if level > Level.NOTHING else ():
                yield Clause(owner=owner, viewer=viewer, category=category.kind, level=level)


def _labels() -> dict[str, str]:
    return {
        "theirs": gettext("%(category)s: what they see of ours"),
        "ours": gettext("%(category)s: what we see of theirs"),
        "among": gettext("%(category)s: what the others see of each other"),
    }


def _named(category: Category) -> str:
    """Return the name of a category; with the agencies that alone keep such records, where not every agency does."""
    words = category_words(category.kind)
    if category.keepers is None:
        return words
    return gettext("%(category)s (%(agencies)s)") % {"category": words, "agencies": ", ".join(sorted(category.keepers))}


class CircleForm(forms.Form):
    """A new circle."""

    name = forms.CharField(
        label=_("Name of the circle"),
        max_length=160,
        help_text=_("Its members see this name; choose one that tells an outsider nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CircleMemberForm(forms.Form):
    """A colleague to be added to a circle, and the most that this person gets."""

    member = forms.ChoiceField(label=_("Colleague"))
    level = forms.ChoiceField(
        label=_("What this person may see of its records"), choices=OFFERED[1:], initial=Level.FULL.name
    )

    def __init__(self, *args: object, colleagues: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nobody: Choice = ("", _("Choose a colleague"))
        self.fields["member"].choices = [nobody, *colleagues]  # type: ignore[attr-defined]


class CircleRemovalForm(forms.Form):
    """Who is taken out of a circle."""

    member = forms.ChoiceField(label=_("Member"))

    def __init__(self, *args: object, members: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nobody: Choice = ("", _("Choose a member"))
        self.fields["member"].choices = [nobody, *members]  # type: ignore[attr-defined]


class EmergencyForm(forms.Form):
    """Why, and for how long, one opens one's own agency's restricted records."""

    reason = forms.CharField(
        label=_("Why is it necessary now?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason goes on record, for whoever watches over your agency's log."),
    )
    minutes = forms.IntegerField(label=_("For how many minutes?"), initial=15)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].widget.attrs["minlength"] = REASON_CHARACTERS_MIN
        self.fields["minutes"].widget.attrs.update({"min": "1", "max": str(EMERGENCY_MINUTES_MAX)})


class EventFilterForm(forms.Form):
    """What one's agency's log is narrowed to; what cannot be read narrows nothing."""

    action = forms.ChoiceField(label=pgettext_lazy("in a log", "Act"), required=False)
    actor = forms.ChoiceField(label=_("Person"), required=False)
    subject = forms.CharField(
        label=_("Number of a record"), required=False, max_length=64, widget=forms.TextInput(attrs={"data-mono": True})
    )
    outcome = forms.ChoiceField(label=pgettext_lazy("of an act", "Outcome"), required=False)

    def __init__(self, data: object, *, acts: Sequence[tuple[str, Sequence[Choice]]], people: Sequence[Choice]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        refused: tuple[Choice, ...] = (("refused", pgettext_lazy("of an act", "Refused")),)
        every: Choice = ("", _("All"))
        for name, offered in (("actor", people), ("outcome", refused)):
            self.fields[name].choices = [every, *offered]  # type: ignore[attr-defined]
        self.fields["action"].choices = [every, *acts]  # type: ignore[attr-defined]
        self.words: dict[str, dict[str, str | Promise]] = {
            "action": {act: f"{subject}: {words}" for subject, inner in acts for act, words in inner},
            "actor": dict(people),
            "outcome": dict(refused),
        }

    def where(self) -> EventFilter:
        """Return what was asked, without what was not understood."""
        said = self.asked()
        subject = said.get("subject", "")
        return EventFilter(
            action=said.get("action", ""),
            actor=said.get("actor", ""),
            subject=normal_number(subject) or subject,
            is_refused=bool(said.get("outcome")),
        )

    def asked(self) -> dict[str, str]:
        """Return the parts in force by field, for the addresses of further pages."""
        self.is_valid()
        return {name: str(value).strip() for name, value in self.cleaned_data.items() if value}
