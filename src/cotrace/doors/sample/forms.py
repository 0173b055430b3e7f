"""The forms of the sample page: every kind of field."""

from django import forms
from django.utils.translation import pgettext_lazy


class SampleForm(forms.Form):
    """A form with every kind of field, and with mistakes in it."""

    serial = forms.CharField(
        label=pgettext_lazy("sample page", "Serial number"),
        help_text=pgettext_lazy(
            "sample page", "As read from frame or receiver. Put ? for each character you cannot read."
        ),
        widget=forms.TextInput(attrs={"data-mono": True, "autocomplete": "off"}),
    )
    make = forms.CharField(label=pgettext_lazy("sample page", "Make"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("sample page", "Kind of gun"),
        choices=[
            ("PI", pgettext_lazy("sample page", "Pistol, semi-automatic")),
            ("RI", pgettext_lazy("sample page", "Rifle, semi-automatic")),
        ],
    )
    recovered_on = forms.DateField(
        label=pgettext_lazy("sample page", "Recovered on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    photograph = forms.FileField(
        label=pgettext_lazy("sample page", "Photograph of the marking"),
        required=False,
        help_text=pgettext_lazy("sample page", "The original is sealed; screens show a cleaned copy."),
    )
    reading = forms.ChoiceField(
        label=pgettext_lazy("sample page", "How was the number read?"),
        widget=forms.RadioSelect,
        choices=[
            ("eye", pgettext_lazy("sample page", "By eye")),
            ("restored", pgettext_lazy("sample page", "Restored in a laboratory")),
            ("partial", pgettext_lazy("sample page", "In part: some characters are gone")),
        ],
    )
    circumstances = forms.CharField(
        label=pgettext_lazy("sample page", "Circumstances"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_bona_fide = forms.BooleanField(
        label=pgettext_lazy("sample page", "The request serves a bona fide criminal investigation")
    )


class SampleFilter(forms.Form):
    """What the sample list can be narrowed by."""

    words = forms.CharField(label=pgettext_lazy("sample page", "Number, place or note"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("sample page", "Seized since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("sample page", "State"),
        required=False,
        choices=[("", pgettext_lazy("sample page", "All states")), ("08", "Chihuahua"), ("28", "Tamaulipas")],
    )
