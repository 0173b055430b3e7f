"""The form of a gun: fields and their words. What may be kept is decided by the services."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.calibres import CalibreProposal, proposal_of
from cotrace.firearms.rules.countries import COUNTRIES, FORMER
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.rules.makes import MakeOffer, is_same_text, make_kept, offer_of
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.firearms.selectors import CALIBRES, MAKES, TYPES
from cotrace.firearms.sentences.countries import GUN_MAKING, country_name
from cotrace.firearms.sentences.labels import CONDITIONS, FIELDS, IMPORTER_MARKS
from cotrace.reference.reads import CodeRead
from cotrace.reference.selectors import calibre_named, code_table, make_named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Choice: TypeAlias = tuple[str, Text]
Group: TypeAlias = tuple[Text, Sequence[Choice]]

UNITED_STATES = "US"
KINDS_FIRST = ("P", "R", "S", "B", "M", "G", "K")
"""Kinds that come with an action of their own, those met most often first."""

MARKED: dict[str, object] = {"autocomplete": "off", "spellcheck": "false"}
"""Attributes of fields into which marks are copied: nothing may correct or complete them."""

LOOKS_UP: dict[str, object] = {
    "hx-get": reverse_lazy("firearms:makes"),
    "hx-trigger": "input changed delay:300ms",
    "hx-include": "[name=make_code]",
    "hx-target": "#make-codes",
    "hx-swap": "outerHTML",
    "hx-sync": "this:replace",
}
"""Attributes of the make: its codes come while it is typed, and only it is sent."""

PROPOSES: dict[str, object] = {
    **LOOKS_UP,
    "hx-get": reverse_lazy("firearms:calibres"),
    "hx-include": "[name=calibre_code],[name=calibre_proposed]",
    "hx-target": "#calibre-code",
}
"""Attributes of the calibre: the code that covers it is proposed while it is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirearmChoices:
    """What the form offers, in the reader's language. `makes` are all names by code."""

    types: Sequence[Group]
    makes: Mapping[str, str]
    calibres: Sequence[Choice]
    countries: Sequence[Group]


def firearm_choices(language: str) -> FirearmChoices:
    """Return what the form offers in a language."""
    calibres = code_table(CALIBRES).values()
    return FirearmChoices(
        types=_types(list(code_table(TYPES).values()), language),
        makes=make_names(language),
        calibres=[(each.code, f"{each.label(language)} · {each.code}") for each in calibres],
        countries=_countries(language),
    )


def make_names(language: str) -> dict[str, str]:
    """Return the names of all NCIC makes by code."""
    return {each.code: each.label(language) for each in code_table(MAKES).values()}


def make_offer(text: str, *, makes: Mapping[str, str], chosen: str, is_answered: bool = False) -> MakeOffer:
    """Return the NCIC codes that fit a make, that of a known misspelling among the first."""
    meant = make_named(text)
    return offer_of(text, makes=makes, meant=meant.code if meant else "", chosen=chosen, is_answered=is_answered)


def calibre_proposal(text: str, *, chosen: str, before: str, language: str) -> CalibreProposal:
    """Return the NCIC code that covers a calibre, and which code the form shows."""
    found = calibre_named(text)
    fine, code = (found.label(language), found.parent) if found else ("", "")
    return proposal_of(fine=fine, code=code, chosen=chosen, before=before)


def _types(codes: Sequence[CodeRead], language: str) -> list[Group]:
    """Return the kinds of gun, those with several actions as groups of their own."""
    known = {each.code: each for each in codes}
    groups: list[Group] = []
    for kind in (code for code in KINDS_FIRST if code in known):
        inside = [each for each in codes if each.parent == kind]
        choices: list[Choice] = [(each.code, each.label(language)) for each in inside]
        unsaid = _("%(kind)s, action not known") % {"kind": known[kind].label(language)}
        groups.append((known[kind].label(language), [*choices, (kind, unsaid)]))
    grouped = {code for _label, choices in groups for code, _text in choices}
    rest = [(each.code, each.label(language)) for each in codes if each.code not in grouped]
    return [*groups, (_("Other kinds"), rest)] if rest else groups


def _countries(language: str) -> list[Group]:
    def named(codes: Iterable[str]) -> list[Choice]:
        names = [(code, country_name(code, language=language)) for code in codes]
        return [*sorted(names, key=lambda choice: _plain(choice[1]))]

    often = [(UNITED_STATES, country_name(UNITED_STATES, language=language))]
    return [
        (_("On most guns"), [*often, *named(set(GUN_MAKING) - {UNITED_STATES})]),
        (_("All others"), named(COUNTRIES - set(GUN_MAKING))),
        (_("Countries that are no more"), named(FORMER)),
    ]


def _plain(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def _marked_field(name: str, help_text: Text, **attrs: object) -> forms.CharField:
    """Return a field for what is marked on the gun."""
    widget = forms.TextInput(attrs={**MARKED, **attrs})
    return forms.CharField(label=FIELDS[name], required=False, help_text=help_text, widget=widget)


class FirearmForm(forms.Form):
    """A gun as an expert describes it with the gun in hand."""

    type_code = forms.ChoiceField(label=FIELDS["type_code"])
    make = _marked_field(
        "make",
        gettext_lazy("As it stands on the gun. Of several names, the maker's, not the importer's or the seller's."),
        **LOOKS_UP,
    )
    make_code = forms.CharField(label=FIELDS["make_code"], required=False)
    model = _marked_field("model", gettext_lazy("As it stands on the gun, for example 19 Gen4 or PT 92 AF."))
    calibre = _marked_field(
        "calibre", gettext_lazy("As it stands on the gun, for example 9x19, .223 REM or 7.62x39."), **PROPOSES
    )
    calibre_code = forms.ChoiceField(
        label=FIELDS["calibre_code"],
        required=False,
        help_text=gettext_lazy("One code covers several calibres, so write the calibre too."),
    )
    serial = _marked_field(
        "serial",
        gettext_lazy(
            "From the frame or receiver, letter by letter, with its hyphens. Where you cannot tell 0 from O, or 1 "
            "from I, write ? in that place: a wrong guess traces another gun."
        ),
        **{"data-mono": True, "autocapitalize": "characters"},
    )
    serial_condition = forms.TypedChoiceField(
        label=FIELDS["serial_condition"],
        required=False,
        coerce=SerialCondition,
        empty_value=SerialCondition.READ,
        widget=forms.RadioSelect,
        choices=[
            (SerialCondition.READ, CONDITIONS[SerialCondition.READ]),
            (SerialCondition.PARTIAL, gettext_lazy("Read in part: each character that cannot be read is a ?")),
            (SerialCondition.OBLITERATED, gettext_lazy("Obliterated: filed, ground or punched away, nothing can be read")),
            (SerialCondition.NONE, gettext_lazy("The gun never carried one")),
        ],
        initial=SerialCondition.READ,
    )
    importer_mark = forms.TypedChoiceField(
        label=FIELDS["importer_mark"],
        required=False,
        coerce=ImporterMark,
        empty_value=ImporterMark.NOT_EXAMINED,
        widget=forms.RadioSelect,
        choices=[*IMPORTER_MARKS.items()],
        initial=ImporterMark.NOT_EXAMINED,
        help_text=gettext_lazy(
            "A gun that was imported into the United States carries the name, city and state of its importer, often "
            "small: on the barrel, the slide, the frame, under the stock. Century Arms, Georgia, VT is one."
        ),
    )
    importer = _marked_field(
        "importer", gettext_lazy("Name, city and state as marked. A trace of a foreign gun begins with its importer.")
    )
    country_of_origin = forms.ChoiceField(
        label=FIELDS["country_of_origin"],
        required=False,
        help_text=gettext_lazy("Where it was made, as marked (“Made in…”) or as its proof marks say."),
    )
    is_privately_made = forms.BooleanField(
        label=gettext_lazy("Privately made: no licensed maker"),
        required=False,
        help_text=gettext_lazy("Built from a kit, printed or milled. Make and serial number can then stay empty."),
    )
    exhibit_number = forms.CharField(
        label=FIELDS["exhibit_number"],
        required=False,
        help_text=gettext_lazy("As on its bag and in the chain of custody; no two guns of a seizure share one."),
        widget=forms.TextInput(attrs=MARKED),
    )
    markings = forms.CharField(
        label=FIELDS["markings"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Proof marks, other numbers, names of owners or armies, and where each stands. At most 1,000 characters."
        ),
    )

    def __init__(self, *args: object, choices: FirearmChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.makes = choices.makes
        unsaid: Choice = ("", pgettext_lazy("of a gun", "Not stated"))
        choose: Choice = ("", gettext_lazy("Choose the kind"))
        self._offer_choices("type_code", [choose, *choices.types])
        self._offer_choices("calibre_code", [unsaid, *choices.calibres])
        self._offer_choices("country_of_origin", [unsaid, *choices.countries])
        self.importer_asked = ""
        self.calibre_proposed = str(self.data.get("calibre_proposed", ""))

    def _offer_choices(self, name: str, choices: Sequence[Choice | Group]) -> None:
        """Offer choices, and what the record has already although the list does not know it."""
        kept = str(self.initial.get(name) or "")
        known = {code for first, inner in choices for code in _codes(first, inner)}
        more: list[Choice] = [(kept, kept)] if kept not in known else []
        self.fields[name].choices = [*choices, *more]  # type: ignore[attr-defined]

    def offer(self) -> MakeOffer:
        """Return the NCIC codes that fit the make as it now stands in the form."""
        make, chosen = self["make"].value() or "", self["make_code"].value() or ""
        is_answered = is_same_text(make, self._codes_for())
        return make_offer(make, makes=self.makes, chosen=chosen, is_answered=is_answered)

    def propose(self, proposal: CalibreProposal) -> None:
        """Say at the code of the calibre that it is a proposal, where it is one."""
        self.calibre_proposed = proposal.code if proposal.is_shown else ""
        if self.calibre_proposed:
            said = _("Proposed for %(calibre)s. Choose another if the gun says otherwise.") % {"calibre": proposal.fine}
            self.fields["calibre_code"].help_text = said

    def _codes_for(self) -> str:
        """Return the text for which the codes in the page were shown."""
        return str((self.data if self.is_bound else self.initial).get("codes_for", ""))

    def clean(self) -> None:
        """Ask once for what an expert may have overlooked: the code of the make, the mark of an importer."""
        if self.offer().options and not is_same_text(self.cleaned_data.get("make", ""), self._codes_for()):
            self.add_error("make_code", _("Choose the code that fits this make, or say that none does."))
        country = self.cleaned_data.get("country_of_origin", "")
        if country not in ("", UNITED_STATES) and not self._is_importer_known():
            self.importer_asked = country
            if self.data.get("importer_asked") != country:
                self.add_error("importer_mark", _ask_for_importer())

    def _is_importer_known(self) -> bool:
        said = self.cleaned_data
        return bool(said.get("importer")) or said.get("importer_mark") != ImporterMark.NOT_EXAMINED

    def values(self) -> FirearmValues:
        """Return what was filled in. An importer that is named was found on the gun."""
        said = {each.name: self.cleaned_data[each.name] for each in fields(FirearmValues)}
        if said["importer"] and said["importer_mark"] is ImporterMark.NOT_EXAMINED:
            said["importer_mark"] = ImporterMark.MARKED
        label = self.makes.get(said["make_code"], "")
        if label and said["make"]:
            said["make"] = make_kept(said["make"], label=label)
        return FirearmValues(**said)


def _codes(first: object, inner: object) -> list[str]:
    return [str(first)] if isinstance(inner, str | Promise) else [str(code) for code, _text in inner]  # type: ignore[attr-defined]


def _ask_for_importer() -> str:
    return _(
        "This gun was made abroad. Look for an importer's mark on the barrel, the slide, the frame and under the "
        "stock: without it, a trace ends at the border. If you cannot look now, save again."
    )


def initial_of(read: FirearmRead) -> dict[str, object]:
    """Return what the form of a gun begins with; the reader sees it in full."""
    return {**{each.name: getattr(read, each.name) or "" for each in fields(FirearmValues)}, "codes_for": read.make}


def initial_of_entered(entered: QueryDict) -> dict[str, object]:
    """Return what somebody filled in so far, to be shown again without being judged."""
    return {name: entered[name] for name in (*FirearmForm.base_fields, "codes_for") if name in entered}
