"""How a log is brought: which mapping reads it, its file, its sister files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from cotrace.seizures.forms.seizure import Choice
from cotrace.seizures.sentences.labels import FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SisterField:
    """A sister file that some mapping can take: the field it fills, and the titles of those mappings."""

    field: str
    mappings: Sequence[str]


class ImportForm(forms.Form):
    """A log to be tried: how to read it, its file, its sister files."""

    mapping = forms.ChoiceField(
        label=_("What kind of log is it?"),
        widget=forms.RadioSelect,
        help_text=_("The mapping says which column of the file becomes which field."),
    )
    file = forms.FileField(label=_("File with the log"), help_text=_("A workbook (XLSX) or a text table (CSV)."))
    series = forms.CharField(
        label=FIELDS["series"],
        required=False,
        max_length=20,
        help_text=_(
            "Only where the same log comes as several tables that each number their rows from 1: a name for this "
            "table, such as A-A. Otherwise leave it empty."
        ),
    )

    field_order = ("mapping", "file")

    def __init__(
        self, *args: object, mappings: Sequence[Choice], sisters: Sequence[SisterField], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["mapping"].choices = mappings  # type: ignore[attr-defined]
        if len(mappings) == 1:
            self.fields["mapping"].initial = mappings[0][0]
        for sister in sisters:
            self.fields[f"with_{sister.field}"] = _sister_field(sister)


def _sister_field(sister: SisterField) -> forms.FileField:
    return forms.FileField(
        label=_("Sister file: %(field)s") % {"field": FIELDS.get(sister.field, sister.field)},
        required=False,
        help_text=_("Only with: %(mappings)s. Without it, this field counts as not recorded.")
        % {"mappings": ", ".join(sister.mappings)},
    )
