"""The forms of attachments: what is attached, taken by a camera or chosen; why one no longer counts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cotrace.doors.sentences import sentence
from cotrace.files.reads import AttachmentRead
from cotrace.files.rules.attachments import CAPTION_LENGTH, MOST_AT_ONCE, PHOTOGRAPHS, REASON_LENGTH
from cotrace.files.rules.pictures import MediaType
from cotrace.files.sentences.attachments import KINDS

ACCEPTED_PHOTOGRAPHS = ",".join(sorted(PHOTOGRAPHS))
ACCEPTED = f"{ACCEPTED_PHOTOGRAPHS},{MediaType.PDF}"


class SeveralFiles(forms.FileInput):
    """A chooser of files that takes several in one go."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none among them."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files as a list. What they are is not looked at here: their bytes are, in the cage."""
        del initial
        return [each for each in data or [] if each is not None]


class AttachmentForm(forms.Form):
    """Photographs or documents, what they show, and a few words beside them."""

    kind = forms.ChoiceField(label=_("What it shows"), choices=[("", "—"), *KINDS.items()])
    photograph = forms.FileField(
        label=_("Take a photograph"),
        required=False,
        allow_empty_file=True,
        help_text=_("On a phone this opens the camera. Take the mark alone, from straight above, with light from the side."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_PHOTOGRAPHS, "capture": "environment"}),
    )
    several = FilesField(
        label=_("Or choose files"),
        required=False,
        help_text=_("JPEG, PNG or WebP, several in one go; an expert's opinion also as PDF. At most 15 MB each."),
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )
    caption = forms.CharField(
        label=_("Caption"),
        required=False,
        help_text=_("Where on the gun, if it cannot be seen: for example left side of the frame."),
        widget=forms.TextInput(attrs={"maxlength": CAPTION_LENGTH}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one file and not for more than are taken in one go."""
        cleaned = super().clean() or {}
        if not self.sent():
            self.add_error("several", sentence("attachment_no_file"))
        elif len(self.sent()) > MOST_AT_ONCE:
            self.add_error("several", sentence("attachment_too_many_at_once", {"limit": MOST_AT_ONCE}))
        return cleaned

    def sent(self) -> "list[UploadedFile[bytes]]":
        """Return the files that came, the one from the camera first."""
        photograph = self.cleaned_data.get("photograph")
        return [*([photograph] if photograph is not None else []), *self.cleaned_data.get("several", [])]


class WithdrawalForm(forms.Form):
    """Why an attachment no longer counts, and what counts instead."""

    reason = forms.CharField(
        label=_("Why it no longer counts"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": REASON_LENGTH}),
        help_text=_("For example: it shows another gun; blurred, taken again."),
    )
    superseded_by = forms.ChoiceField(label=_("What counts instead"), required=False)

    def __init__(self, *args: object, others: Sequence[AttachmentRead], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(each.number, f"{KINDS[each.kind]} · {each.caption or each.number}") for each in others]
        self.fields["superseded_by"].choices = [("", _("Nothing")), *choices]  # type: ignore[attr-defined]
