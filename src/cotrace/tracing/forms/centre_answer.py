"""The form of an answer that a licensee gave by telephone or in writing: one set of fields for each kind.

A field is named by its place in the answer's document, `detail__licensee__number`; what the document may hold is
decided by its rules (docs/connector-protocol.md section 5), whose problems come back under the same names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cotrace.firearms.rules.countries import COUNTRIES
from cotrace.firearms.sentences.countries import country_name
from cotrace.firearms.sentences.labels import FIELDS as GUN_FIELDS
from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonObject, JsonValue
from cotrace.tracing.forms.centre import ActForm, document_of, licence_field, note_field
from cotrace.tracing.forms.centre_labels import AGENCIES, GAPS, NOT_FOUND, PLACES, Labels
from cotrace.tracing.rules.answer_detail import MOST_CANDIDATES
from cotrace.tracing.rules.answers import AnswerKind

ROWS_MIN = 3
ROWS_MORE = 3
NEAR_COUNTRIES = ("US", "MX")
GUNS: dict[AnswerKind, str] = {
    AnswerKind.NOT_IN_RECORDS: "same_serial",
    AnswerKind.SEVERAL_GUNS: "candidates",
}
"""The kinds of answer that describe other guns, and where in their detail."""


def _text(label: object, **details: object) -> forms.CharField:
    plain = {"required": False, "widget": forms.TextInput(attrs={"autocomplete": "off"})}
    return forms.CharField(label=label, **(plain | details))  # type: ignore[arg-type]


def _as_written(label: object) -> forms.CharField:
    """A name that no keyboard may mend: neither its capitals nor its spelling."""
    attrs = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
    return _text(label, widget=forms.TextInput(attrs=attrs))


def _day(label: object) -> forms.CharField:
    """A day as text: the rules refuse one that can be read in two ways, which a date field would guess at."""
    return forms.CharField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))  # type: ignore[arg-type]


def _code(label: object, labels: Labels) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*labels.items()], widget=forms.RadioSelect)  # type: ignore[arg-type]


def _country(label: object, *, is_required: bool = False) -> forms.ChoiceField:
    language = get_language() or "en"
    names = {code: country_name(code, language=language) or code for code in COUNTRIES}
    near = [(code, names[code]) for code in NEAR_COUNTRIES]
    rest = sorted(((code, names[code]) for code in names), key=lambda each: each[1].casefold())
    choices = [("", _("Choose a country")), *near, *rest]
    return forms.ChoiceField(label=label, required=is_required, choices=choices)  # type: ignore[arg-type]


Fields = dict[str, Callable[[], forms.Field]]

PURCHASER: Fields = {
    "detail__purchaser__family_names": lambda: _text(_("Surnames"), required=True),
    "detail__purchaser__given_names": lambda: _text(_("Given names")),
    "detail__purchaser__birth_date": lambda: _day(_("Date of birth")),
    "detail__purchaser__address__street": lambda: _text(_("Street and number")),
    "detail__purchaser__address__city": lambda: _text(_("City")),
    "detail__purchaser__address__state": lambda: _text(pgettext_lazy("part of a country", "State")),
    "detail__purchaser__address__postal_code": lambda: _text(_("Postal code")),
    "detail__purchaser__address__country": lambda: _country(_("Country")),
    "detail__purchaser__document__type": lambda: _text(_("Document shown (kind)")),
    "detail__purchaser__document__number": lambda: _text(_("Number of the document")),
    "detail__purchaser__document__issuer": lambda: _text(_("Issued by")),
}

DETAIL: dict[AnswerKind, Fields] = {
    AnswerKind.SHIPPED_TO: {
        "detail__licensee__number": lambda: licence_field(label=_("Licence number of who received it")),
        "detail__licensee__name": lambda: _text(_("Name of who received it")),
        "detail__shipped_on": lambda: _day(_("Shipped on")),
        "detail__invoice": lambda: _text(_("Invoice")),
    },
    AnswerKind.SOLD_TO_PURCHASER: {
        "detail__sold_on": lambda: _day(_("Sold on")),
        "detail__form_reference": lambda: _text(_("Reference of form 4473")),
        **PURCHASER,
    },
    AnswerKind.NOT_IN_RECORDS: {"detail__reason": lambda: _code(_("What the licensee says"), NOT_FOUND)},
    AnswerKind.SEVERAL_GUNS: {},
    AnswerKind.STOLEN_OR_LOST: {
        "detail__place": lambda: _code(_("Where it was stolen or lost"), PLACES),
        "detail__discovered_on": lambda: _day(_("Discovered on")),
        "detail__report_reference": lambda: _text(_("Reference of the theft or loss report")),
    },
    AnswerKind.EXPORTED: {
        "detail__country": lambda: _country(_("Country of destination"), is_required=True),
        "detail__exported_on": lambda: _day(_("Exported on")),
        "detail__consignee": lambda: _text(_("Who received it there")),
    },
    AnswerKind.SOLD_TO_AGENCY: {
        "detail__agency_kind": lambda: _code(_("Who bought it"), AGENCIES),
        "detail__agency_name": lambda: _text(_("Name of the buyer"), required=True),
        "detail__sold_on": lambda: _day(_("Sold on")),
    },
    AnswerKind.RECORD_INCOMPLETE: {"detail__reason": lambda: _code(_("What is missing"), GAPS)},
}

BOOK: Fields = {
    "gun__make": lambda: _as_written(GUN_FIELDS["make"]),
    "gun__model": lambda: _as_written(GUN_FIELDS["model"]),
    "gun__calibre": lambda: _as_written(GUN_FIELDS["calibre"]),
}
"""How the licensee's book describes the gun that was asked for."""

ARRIVAL: Fields = {
    "acquisition__acquired_on": lambda: _day(_("Came in on")),
    "acquisition__supplier__number": lambda: licence_field(
        label=_("Licence number of its supplier"), required=False
    ),
    "acquisition__supplier__name": lambda: _text(_("Name of its supplier")),
}

LICENCES = ("detail__licensee__number", "acquisition__supplier__number")
REGISTER_LIST = "register"
"""The id of the list on the page that a licence number can be chosen from."""

WITHOUT_BOOK = frozenset({AnswerKind.NOT_IN_RECORDS, AnswerKind.SEVERAL_GUNS})
"""The kinds of answer that are about no gun of the book in particular."""


class AnswerForm(ActForm):
    """An answer of one kind to the inquiry `inquiry`. `serial` is what was asked for; other guns carry it too."""

    inquiry = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, kind: AnswerKind, serial: str, rows: int = ROWS_MIN, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.kind, self.serial = kind, serial
        self.rows = min(max(rows, ROWS_MIN), MOST_CANDIDATES) if kind in GUNS else 0
        beside: Fields = {} if kind in WITHOUT_BOOK else {**BOOK, **ARRIVAL}
        for name, make in {**DETAIL[kind], **beside}.items():
            self.fields[name] = make()
        for name in self.fields.keys() & LICENCES:
            self.fields[name].widget.attrs["list"] = REGISTER_LIST
        for place in range(self.rows):
            for part, make in BOOK.items():
                self.fields[_row(place, part)] = make()

    def detail_fields(self) -> Iterator[BoundField]:
        """Yield what belongs to the answer itself, without the purchaser."""
        return (self[name] for name in DETAIL[self.kind] if name not in PURCHASER)

    def purchaser_fields(self) -> Iterator[BoundField]:
        """Yield the particulars of the purchaser, where the answer names one."""
        return (self[name] for name in DETAIL[self.kind] if name in PURCHASER)

    def book_fields(self) -> Iterator[BoundField]:
        """Yield how the book describes the gun."""
        return (self[name] for name in BOOK if name in self.fields)

    def arrival_fields(self) -> Iterator[BoundField]:
        """Yield how the gun came to the licensee."""
        return (self[name] for name in ARRIVAL if name in self.fields)

    def gun_rows(self) -> list[list[BoundField]]:
        """Return the other guns, each a row of fields."""
        return [[self[_row(place, part)] for part in BOOK] for place in range(self.rows)]

    @property
    def can_grow(self) -> bool:
        """Whether rows for more guns can be had."""
        return 0 < self.rows < MOST_CANDIDATES

    def answer(self) -> JsonObject:
        """Return the answer's document."""
        hidden = {"version", "inquiry", "note"}
        rows = {_row(place, part) for place in range(self.rows) for part in BOOK}
        said = {name: value for name, value in self.cleaned_data.items() if name not in hidden | rows}
        document: JsonObject = {"detail": {}, **document_of(said), "kind": self.kind.value}
        gun, detail = document.get("gun"), document["detail"]
        if isinstance(gun, dict):
            gun["serial"] = self.serial
        others = self._others()
        if others and isinstance(detail, dict):
            detail[GUNS[self.kind]] = others
        return document

    def beside(self, refusal: Invalid) -> Invalid:
        """Return a refusal of the document whose problems are named as the form's fields are."""
        named = tuple(replace(each, field=self._shown(each.field)) for each in refusal.fields)
        return Invalid(refusal.code, fields=named, **refusal.params)

    def _others(self) -> list[JsonValue]:
        """Return the guns of the rows that say anything, under the serial that was asked for."""
        found: list[JsonValue] = []
        for place in range(self.rows):
            said = {part: self.cleaned_data.get(_row(place, part)) for part in BOOK}
            gun = document_of(said).get("gun")
            if isinstance(gun, dict):
                found.append({"serial": self.serial, **gun})
        return found

    def _shown(self, place: str) -> str:
        """Return the field of a place in the document; a list without a gun in it is missed at its first row."""
        named = place.replace(".", "__")
        if self.rows and named == f"detail__{GUNS[self.kind]}":
            return _row(0, "gun__make")
        parts = place.split(".")
        if self.rows and len(parts) > 3 and parts[1] == GUNS[self.kind]:
            return _row(self._filled()[int(parts[2])], f"gun__{parts[3]}")
        return named

    def _filled(self) -> list[int]:
        return [
            place
            for place in range(self.rows)
            if any(self.cleaned_data.get(_row(place, part)) for part in BOOK)
        ]

    def carried(self, posted: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return what was typed for other kinds of answer, to be there again when the tracer goes back to one."""
        names = OF_ANY_KIND - self.fields.keys() - ({"rows"} if self.rows else set())
        return [(name, posted[name]) for name in sorted(names) if posted.get(name)]


def _row(place: int, part: str) -> str:
    return f"other{place}__{part}"


OF_ANY_KIND = frozenset(
    {
        *(name for each in DETAIL.values() for name in each),
        *BOOK,
        *ARRIVAL,
        *(_row(place, part) for place in range(MOST_CANDIDATES) for part in BOOK),
        "rows",
    }
)
"""Every field that the form of some kind of answer has."""


class CorrectionForm(AnswerForm):
    """What takes the place of an answer that was entered wrongly, and why."""

    note = note_field(label=_("What was wrong"))


def initial_of_answer(document: JsonObject, *, kind: AnswerKind) -> dict[str, object]:
    """Return what the form of an answer's kind shows of its document, by the names of its fields."""
    initial: dict[str, object] = {}
    detail = document.get("detail")
    others = detail.get(GUNS[kind]) if kind in GUNS and isinstance(detail, dict) else None
    for place, gun in enumerate(others if isinstance(others, list) else []):
        if isinstance(gun, dict):
            initial |= {f"other{place}__gun__{part}": gun.get(part, "") for part in ("make", "model", "calibre")}
    return {**_flat(document), **initial}


def _flat(value: JsonObject, path: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, each in value.items():
        found |= _flat(each, f"{path}{name}__") if isinstance(each, dict) else {f"{path}{name}": each}
    return found
