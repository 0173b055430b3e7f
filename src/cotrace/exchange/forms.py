"""The forms of this room: narrowing the list of messages, and a signed file to be taken in."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.doors.sentences import sentence
from cotrace.exchange.imports import LARGEST_FILE
from cotrace.exchange.reads import Direction
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.selectors.log import LogFilter

Choice = tuple[str, str]


class LogFilterForm(forms.Form):
    """What the list of messages is narrowed to; what cannot be read narrows nothing."""

    direction = forms.ChoiceField(label=pgettext_lazy("of a message", "Direction"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("of a message", "Content"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    peer = forms.ChoiceField(label=_("Installation"), required=False)
    record = forms.CharField(
        label=_("Number of a record"), required=False, max_length=64, widget=forms.TextInput(attrs={"data-mono": True})
    )

    def __init__(self, data: object, *, choices: Mapping[str, Sequence[Choice]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("All")), *offered]  # type: ignore[attr-defined]

    def where(self) -> LogFilter:
        """Return what was asked, without what was not understood."""
        self.is_valid()
        said = {name: str(value or "") for name, value in self.cleaned_data.items()}
        return LogFilter(
            direction=Direction(said["direction"]) if said.get("direction") else None,
            kind=MessageKind(said["kind"]) if said.get("kind") else None,
            state=said.get("state", ""),
            peer=said.get("peer", ""),
            record=said.get("record", "").strip(),
        )

    def asked(self) -> dict[str, str]:
        """Return the parts in force by field, for the addresses of further pages."""
        self.is_valid()
        return {name: str(value).strip() for name, value in self.cleaned_data.items() if value}


class ReceiveForm(forms.Form):
    """A signed file, as large as one may be."""

    file = forms.FileField(
        label=_("Signed file"),
        help_text=_("Its name usually ends in .cotrace.json; it has at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError(sentence("json_too_large"))
        return file

    def content(self) -> bytes:
        """Return the bytes of the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        content: bytes = file.read()
        return content
