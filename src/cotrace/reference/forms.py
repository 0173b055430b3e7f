"""The search of a code table."""

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT_MAX = 100


class CodeSearchForm(forms.Form):
    """Which codes of a table are looked for."""

    text = forms.CharField(
        label=_("Code or words"),
        required=False,
        max_length=TEXT_MAX,
        help_text=_("In English or Spanish, with or without accents."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
