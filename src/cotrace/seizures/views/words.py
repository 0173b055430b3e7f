"""Codes of seizures as a page shows them: places, forces, counts, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.agencies.selectors import agency_contact
from cotrace.doors.furniture import Absent, Shown
from cotrace.files.rules.words import Reason
from cotrace.foundation.principal import Principal
from cotrace.reference.reads import CodeRead
from cotrace.reference.selectors import FORCES, MUNICIPIOS, code_table, country_of_state, states
from cotrace.seizures.forms.seizure import Choice
from cotrace.seizures.rules.completeness import Amount
from cotrace.seizures.sentences.labels import reason_text

UNSAID = Amount(quantity=None, reason=Reason.BLANK)
"""What a record says of an item that it does not name."""

OLD_LOGS = "CIDE-PPD"
"""The parent of a force that only logs of 2007 to 2011 name."""


def country_of(principal: Principal) -> str:
    """Return the country of the reader's agency, ISO 3166-1; empty where it said none."""
    contact = agency_contact(principal.agency)
    return contact.country if contact else ""


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def not_shared() -> str:
    """Return what stands where the reader's level discloses nothing."""
    return _("not shared")


@dataclass(frozen=True, slots=True)
class CodeWords:
    """The code tables of one page, each read once."""

    states: Mapping[str, CodeRead]
    municipios: Mapping[str, CodeRead]
    forces: Mapping[str, CodeRead]
    language: str

    def state(self, code: str | None) -> str:
        """Return the name of a state; the bare code where it is unknown."""
        return self._label(self.states, code)

    def place(self, state: str | None, municipio: str | None) -> Shown:
        """Return municipality and state; a blank where neither was recorded."""
        names = [self._label(self.municipios, municipio), self._label(self.states, state)]
        return ", ".join(name for name in names if name) or Absent()

    def force_list(self, codes: tuple[str, ...] | None) -> Shown:
        """Return the forces that took part, by name; a blank where none was recorded."""
        return "; ".join(self._label(self.forces, code) for code in codes or ()) or Absent()

    def force(self, code: str) -> str:
        """Return the name of a force."""
        return self._label(self.forces, code)

    def state_choices(self, *, home: str) -> list[Choice]:
        """Return every state for a form, those of the country `home` first, by name."""
        return self._choices(self.states, home=home, country=lambda each: country_of_state(each.code))

    def municipio_choices(self, state: str) -> list[Choice]:
        """Return the municipalities of one state for a form, by name."""
        found = [each for each in self.municipios.values() if state and each.code.startswith(state)]
        labels = [(each.code, each.label(self.language)) for each in found]
        return [*sorted(labels, key=lambda choice: choice[1].casefold())]

    def force_choices(self, *, home: str) -> list[Choice]:
        """Return every force for a form: those of the country `home`, the other's, those of old logs, each by name."""
        found = self._choices(self.forces, home=home, country=lambda each: each.parent)
        old = _("%(force)s, only in logs of 2007 to 2011")
        return [(code, old % {"force": name} if self.forces[code].parent == OLD_LOGS else name) for code, name in found]

    def _choices(self, table: Mapping[str, CodeRead], *, home: str, country: Callable[[CodeRead], str]) -> list[Choice]:
        def place(each: CodeRead) -> tuple[bool, bool, str]:
            return country(each) == OLD_LOGS, country(each) != home, each.label(self.language).casefold()

        return [(each.code, each.label(self.language)) for each in sorted(table.values(), key=place)]

    def _label(self, table: Mapping[str, CodeRead], code: str | None) -> str:
        found = table.get(code or "")
        return found.label(self.language) if found else code or ""


def code_words() -> CodeWords:
    """Return the code tables in the language of the page."""
    return CodeWords(
        states=states(),
        municipios=code_table(MUNICIPIOS),
        forces=code_table(FORCES),
        language=language(),
    )


def amount_shown(amount: Amount | None) -> Shown:
    """Return a count; why there is none; or that the reader's level does not disclose it."""
    if amount is None:
        return not_shared()
    if amount.quantity is not None:
        return amount.quantity
    return Absent(reason=reason_text(amount.reason))
