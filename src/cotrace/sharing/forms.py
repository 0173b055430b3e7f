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


def _day_field(**details: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, **details)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFields:
    """The three directions of one category: they of ours, we of theirs, the others of each other."""

    label: str
    theirs: BoundField
    ours: BoundField
    among: BoundField


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
        self, *args: object, agencies: Sequence[Choice], categories: Sequence[str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.categories = tuple(categories)
        self.fields["others"].choices = agencies  # type: ignore[attr-defined]
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (each, purpose_words(each)) for each in PURPOSES
        ]
        for category in self.categories:
            named = {"category": category_words(category)}
            self._add_level(f"theirs_{category}", gettext("%(category)s: what they see of ours") % named)
            self._add_level(f"ours_{category}", gettext("%(category)s: what we see of theirs") % named)
            self._add_level(f"among_{category}", gettext("%(category)s: what the others see of each other") % named)

    def _add_level(self, name: str, label: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=OFFERED, initial=Level.NOTHING.name)

    def levels(self) -> Iterator[CategoryFields]:
        """Yield the three fields of each category."""
        for category in self.categories:
            yield CategoryFields(
                label=category_words(category),
                theirs=self[f"theirs_{category}"],
                ours=self[f"ours_{category}"],
                among=self[f"among_{category}"],
            )

    def clean(self) -> None:
        """Refuse a memorandum under which nobody would see anything."""
        chosen = [self.cleaned_data.get(name) for name in self.fields if name.startswith(("theirs_", "ours_", "among_"))]
        if set(chosen) <= {Level.NOTHING.name}:
            self.add_error(None, forms.ValidationError(_("Choose for at least one category what is shared.")))

    def draft(self, agency: str) -> AgreementDraft:
        """Return what was filled in, drafted by `agency`."""
        said = self.cleaned_data
        others = tuple(said["others"])
        return AgreementDraft(
            title_en=said["title_en"],
            title_es=said["title_es"],
            legal_basis=said["legal_basis"],
            purposes=tuple(said["purposes"]),
            parties=(agency, *others),
            clauses=tuple(self._clauses(agency, others)),
            starts_on=said["starts_on"],
            review_on=said["review_on"],
            ends_on=said["ends_on"],
        )

    def _clauses(self, agency: str, others: tuple[str, ...]) -> Iterator[Clause]:
        for category in self.categories:
            directions = (
                ("theirs", [(agency, other) for other in others]),
                ("ours", [(other, agency) for other in others]),
                ("among", [(one, other) for one in others for other in others if one != other]),
            )
            for name, pairs in directions:
                level = Level[self.cleaned_data[f"{name}_{category}"]]
                for owner, viewer in pairs if level > Level.NOTHING else ():
                    yield Clause(owner=owner, viewer=viewer, category=category, level=level)


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
        help_text=_("The reason goes on record and is read by those who watch over your agency's log."),
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
