"""The forms of the tracing centre's pages: fields and their words. What may be kept is decided by the services."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.foundation.rules.canonical import JsonObject
from cotrace.tracing.forms.centre_labels import REACHES, WAITS
from cotrace.tracing.reads.labels import PRIORITIES, ROLES
from cotrace.tracing.reads.register import LicenseeRead
from cotrace.tracing.reads.tables import status_table
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import StatusObject, TraceStatus
from cotrace.tracing.rules.trace_view import Role, WaitReason
from cotrace.tracing.selectors.queue import QueueFilter
from cotrace.tracing.services.register import HOLD_CHARACTERS_MIN, NEW_ENTRY, LicenseeValues
from cotrace.tracing.services.release import GROUND_CHARACTERS_MIN
from cotrace.tracing.services.tracer import NOTE_CHARACTERS_MIN

Choice = tuple[str, str | Promise]

TEXT_MAX = 4000
LICENCE_MAX = 30
FINISHED_TOO = "any"
"""What the queue's address says instead of a status where finished traces are looked through as well."""


def licence_field(**details: object) -> forms.CharField:
    """Return a field for a licence number."""
    widget = forms.TextInput(attrs={"data-mono": True, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
    return forms.CharField(max_length=LICENCE_MAX, widget=widget, **details)  # type: ignore[arg-type]


class QueueForm(forms.Form):
    """What the queue is narrowed to."""

    text = forms.CharField(
        label=_("Number, serial or licensee"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    status = forms.ChoiceField(label=pgettext_lazy("of a trace", "Status"), required=False)
    priority = forms.ChoiceField(
        label=_("Priority"),
        required=False,
        choices=[("", pgettext_lazy("priorities of a filter", "All")), *PRIORITIES.items()],
    )
    reason = forms.ChoiceField(label=_("Why it waits"), required=False)
    licensee = licence_field(label=_("Licence number asked"), required=False)
    mine = forms.BooleanField(label=_("Only those I took"), required=False)
    unassigned = forms.BooleanField(label=pgettext_lazy("of a trace", "Not taken yet"), required=False)

    def __init__(self, *args: object, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unfinished: Choice = ("", _("All that are not finished"))
        every: Choice = (FINISHED_TOO, _("All, finished ones too"))
        self.fields["status"].choices = [unfinished, every, *status_choices(language)]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("reasons of a filter", "All")),
            *WAITS.items(),
        ]

    def where(self) -> QueueFilter:
        """Return the filter that was asked for."""
        said = self.cleaned_data
        is_one = said["status"] not in ("", FINISHED_TOO)
        return QueueFilter(
            status=TraceStatus(said["status"]) if is_one else None,
            has_finished=said["status"] == FINISHED_TOO,
            priority=Priority(said["priority"]) if said["priority"] else None,
            reason=WaitReason(said["reason"]) if said["reason"] else None,
            licensee=said["licensee"],
            text=said["text"],
            is_mine=said["mine"],
            is_unassigned=said["unassigned"],
        )


def status_choices(language: str) -> list[Choice]:
    """Return the statuses of a trace by code, in the order of their table."""
    is_spanish = language.startswith("es")
    return [
        (code, each.label_es if is_spanish else each.label_en)
        for (kind, code), each in status_table().items()
        if kind is StatusObject.TRACE
    ]


class ActForm(forms.Form):
    """An act on a trace: which version of it the tracer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HoldForm(ActForm):
    """Set or lift a contact hold."""

    is_held = forms.BooleanField(required=False, widget=forms.HiddenInput)


def note_field(**details: object) -> forms.CharField:
    """Return a field for a reason that stays with the trace."""
    widget = forms.Textarea(attrs={"rows": 2, "minlength": NOTE_CHARACTERS_MIN})
    told = _("It stays with the trace and on record.")
    return forms.CharField(max_length=TEXT_MAX, widget=widget, help_text=told, **details)  # type: ignore[arg-type]


class NoteForm(ActForm):
    """Why a reason to wait is let pass."""

    note = note_field(label=_("Why it may go on"))


class StartForm(ActForm):
    """With which licensee of the register the walk begins."""

    licensee = forms.ChoiceField(
        label=_("Candidates from the register"), required=False, widget=forms.RadioSelect
    )
    other = licence_field(
        label=_("Or another licensee of the register (licence number)"), required=False
    )

    def __init__(self, *args: object, candidates: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if candidates:
            self.fields["licensee"].choices = candidates  # type: ignore[attr-defined]
        else:
            del self.fields["licensee"]
            self.fields["other"].label = _("Licensee of the register (licence number)")

    def clean(self) -> None:
        """Refuse a form in which nobody, or two, are named."""
        chosen, other = self.cleaned_data.get("licensee"), self.cleaned_data.get("other")
        if self.errors:
            return
        if not chosen and not other:
            self.add_error("other", forms.ValidationError(_("Name the licensee with whom the trace begins.")))
        if chosen and other:
            self.add_error("other", forms.ValidationError(_("Choose a candidate or name another, not both.")))

    def chosen(self) -> str:
        """Return the licence number."""
        return str(self.cleaned_data["other"] or self.cleaned_data["licensee"])


class OutcomeForm(ActForm):
    """How a waiting trace ends."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)

    def __init__(self, *args: object, outcomes: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


class GroundForm(ActForm):
    """On which legal ground a result is withheld."""

    ground = forms.CharField(
        label=_("Legal ground"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4, "minlength": GROUND_CHARACTERS_MIN}),
        help_text=_("The order, statute or rule that keeps the result back. It goes on record."),
    )


class LicenseeHoldForm(forms.Form):
    """Why a licensee is not to be asked."""

    is_held = forms.CharField(widget=forms.HiddenInput)
    hold_reason = forms.CharField(
        label=_("Why it is not to be asked"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "minlength": HOLD_CHARACTERS_MIN}),
        help_text=_("The centre's people read it at the licensee. It goes on record."),
    )


class RegisterForm(forms.Form):
    """What the register is narrowed to."""

    text = forms.CharField(
        label=_("Name or licence number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def _lines(**details: object) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(required=False, max_length=TEXT_MAX, widget=widget, **details)  # type: ignore[arg-type]


class LicenseeForm(forms.Form):
    """A licensee in the register, its contact hold apart: that is an act of its own."""

    number = licence_field(label=_("Licence number"))
    name = forms.CharField(label=pgettext_lazy("of a licensee", "Name"))
    role = forms.ChoiceField(label=_("Place in the chain"), choices=[*ROLES.items()])
    names = _lines(
        label=_("Names on its guns"),
        help_text=_("One in a line, besides its own. A maker or importer is found by them."),
    )
    address = forms.CharField(label=_("Address"), required=False)
    phone = forms.CharField(
        label=_("Telephone"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    url = forms.CharField(
        label=_("Address of its connector"),
        required=False,
        widget=forms.TextInput(attrs={"data-mono": True, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Begins with https://. Empty: it is asked by telephone."),
    )
    keys = _lines(
        label=_("Public keys of its connector"),
        help_text=_("One in a line; two while it changes its key."),
    )
    reach = forms.ChoiceField(
        label=_("Where its connector may be"), choices=[*REACHES.items()], initial=Reach.PUBLIC
    )
    ca_file = forms.CharField(
        label=_("File of the certificate authority"),
        required=False,
        help_text=_("For private networks; empty: the authorities that this system trusts."),
    )
    is_open = forms.BooleanField(label=_("In business"), required=False, initial=True)
    successor = licence_field(
        label=_("Successor (licence number)"),
        required=False,
        help_text=_("Where it closed and another licensee has its records."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, is_number_fixed: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["number"].disabled = is_number_fixed
        self.fields["keys"].widget.attrs["data-mono"] = True

    def seen(self) -> int:
        """Return the version of the entry that its keeper saw."""
        return self.cleaned_data["version"] or NEW_ENTRY

    def values(self, *, is_held: bool) -> LicenseeValues:
        """Return the entry; its contact hold stays as it is."""
        said = self.cleaned_data
        return LicenseeValues(
            number=said["number"],
            name=said["name"],
            role=Role(said["role"]),
            names=tuple(_split(said["names"])),
            address=said["address"],
            phone=said["phone"],
            url=said["url"],
            keys=tuple(_split(said["keys"])),
            reach=Reach(said["reach"]),
            ca_file=said["ca_file"],
            is_open=said["is_open"],
            successor=said["successor"],
            is_held=is_held,
        )


def initial_of(read: LicenseeRead) -> dict[str, object]:
    """Return what the form shows of an entry."""
    plain = ("number", "name", "role", "address", "phone", "url", "reach", "ca_file", "is_open", "successor")
    others = [each for each in read.names if each != read.name]
    return {
        **{name: getattr(read, name) for name in plain},
        "names": "\n".join(others),
        "keys": "\n".join(read.keys),
        "version": read.version,
    }


def _split(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def document_of(said: Mapping[str, object]) -> JsonObject:
    """Return what a form's fields say as a document: `a__b` stands in `a` under `b`, blanks are left out."""
    document: JsonObject = {}
    for name, value in said.items():
        *parents, last = name.split("__")
        if value in ("", None):
            continue
        place = document
        for each in parents:
            place = place.setdefault(each, {})  # type: ignore[assignment]
        place[last] = str(value)
    return document
