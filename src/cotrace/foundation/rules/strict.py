"""Reading a JSON object field by field, refusing whatever the document's description does not name.

Decides which values count as text, dates, moments, numbers and codes, and collects every problem
with its place, so that a person can mend a document in one go.
Tests: tests/unit/foundation/test_strict_fields.py.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from cotrace.foundation.errors import FieldProblem, Invalid, Param
from cotrace.foundation.rules.canonical import JsonObject, JsonValue

Code = TypeVar("Code", bound=StrEnum)

MOST_PROBLEMS = 50
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMBIGUOUS_DATE = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_NO_DATE = date(1, 1, 1)
_NO_INSTANT = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Fields:
    """One JSON object being read.

    Each reading method returns a usable placeholder when the field is wrong and notes a problem;
    `finish` raises once, with all problems of the whole document.
    """

    values: JsonObject
    path: str = ""
    problems: list[FieldProblem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, value: JsonValue) -> "Fields":
        """Start reading a document; anything but an object is one problem."""
        if isinstance(value, dict):
            return cls(value)
        return cls({}, problems=[FieldProblem("", "object_expected")])

    def problem(self, name: str, code: str, **params: Param) -> None:
        """Note what is wrong with a field."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(FieldProblem(self._place(name), code, tuple(params.items())))

    def text(self, name: str, *, longest: int = 200, form: re.Pattern[str] | None = None) -> str:
        """Read a required line of text."""
        found = self.text_or_none(name, longest=longest, form=form)
        if found is None:
            self._missing(name)
            return ""
        return found

    def text_or_none(
        self, name: str, *, longest: int = 200, form: re.Pattern[str] | None = None
    ) -> str | None:
        """Read an optional line of text; blank counts as absent."""
        found = self._string(name, longest=longest)
        if found is None:
            return None
        if any(_is_control(letter) for letter in found):
            self.problem(name, "text_control_characters")
        elif form is not None and not form.fullmatch(found):
            self.problem(name, "form_wrong")
        return found

    def prose_or_none(self, name: str, *, longest: int = 4000) -> str | None:
        """Read an optional text that may have several lines."""
        found = self._string(name, longest=longest)
        if found is not None and any(_is_control(letter) for letter in found if letter not in "\n\t"):
            self.problem(name, "text_control_characters")
        return found

    def constant(self, name: str, *expected: str) -> str:
        """Read a field that must hold one of a few fixed texts, such as the format's name."""
        found = self.text(name)
        if found and found not in expected:
            self.problem(name, "value_unknown", expected=", ".join(expected))
        return found

    def number(self, name: str, *, least: int, most: int) -> int:
        """Read a required whole number."""
        found = self.number_or_none(name, least=least, most=most)
        if found is None:
            self._missing(name)
            return least
        return found

    def number_or_none(self, name: str, *, least: int, most: int) -> int | None:
        """Read an optional whole number."""
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(name, "number_expected")
            return least
        if not least <= value <= most:
            self.problem(name, "number_out_of_range", least=least, most=most)
        return value

    def flag(self, name: str) -> bool:
        """Read a yes or no; absent is no."""
        value = self._take(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.problem(name, "yes_or_no_expected")
            return False
        return value

    def code(self, name: str, codes: type[Code], *, default: Code | None = None) -> Code:
        """Read a code from a closed list; absent takes the default, or is a problem without one."""
        found = self.code_or_none(name, codes)
        if found is not None:
            return found
        if default is None:
            self._missing(name)
            return next(iter(codes))
        return default

    def code_or_none(self, name: str, codes: type[Code]) -> Code | None:
        """Read an optional code from a closed list."""
        found = self._string(name, longest=60)
        if found is None:
            return None
        if found not in {member.value for member in codes}:
            self.problem(name, "value_unknown", expected=", ".join(codes))
            return None
        return codes(found)

    def codes(self, name: str, codes: type[Code]) -> tuple[Code, ...]:
        """Read a list of codes from a closed list; absent is an empty list."""
        value = self._take(name)
        known = {member.value: member for member in codes}
        if value is None:
            return ()
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            self.problem(name, "list_expected")
            return ()
        if any(item not in known for item in value):
            self.problem(name, "value_unknown", expected=", ".join(codes))
        return tuple(known[item] for item in value if isinstance(item, str) and item in known)

    def day(self, name: str) -> date:
        """Read a required date, YYYY-MM-DD."""
        found = self.day_or_none(name)
        if found is None:
            self._missing(name)
            return _NO_DATE
        return found

    def day_or_none(self, name: str) -> date | None:
        """Read an optional date; 03/04/2024 is refused because two countries read it differently."""
        found = self._string(name, longest=40)
        if found is None:
            return None
        parsed = _parsed(found, form=_ISO_DATE, parse=date.fromisoformat)
        if parsed is None or parsed.year < 1800:
            self.problem(
                name,
                "document_date_ambiguous" if _AMBIGUOUS_DATE.fullmatch(found) else "document_date_malformed",
            )
            return None
        return parsed

    def moment(self, name: str) -> datetime:
        """Read a required moment, YYYY-MM-DDTHH:MM:SSZ."""
        found = self._string(name, longest=40)
        if found is None:
            self._missing(name)
            return _NO_INSTANT
        parsed = _parsed(found, form=_INSTANT, parse=datetime.fromisoformat)
        if parsed is None:
            self.problem(name, "moment_malformed")
            return _NO_INSTANT
        return parsed

    def child(self, name: str) -> "Fields":
        """Read a required object."""
        found = self.child_or_none(name)
        if found is None:
            self._missing(name)
            return Fields({}, path=self._place(name), problems=[])
        return found

    def child_or_none(self, name: str) -> "Fields | None":
        """Read an optional object."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(name, "object_expected")
            return Fields({}, path=self._place(name), problems=[])
        return Fields(value, path=self._place(name), problems=self.problems)

    def children(self, name: str, *, most: int) -> "list[Fields]":
        """Read a list of objects; absent is an empty list."""
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
            self.problem(name, "list_expected")
            return []
        if len(value) > most:
            self.problem(name, "list_too_long", most=most)
        return [
            Fields(item, path=self._place(f"{name}.{at}"), problems=self.problems)
            for at, item in enumerate(value[:most])
            if isinstance(item, dict)
        ]

    def raw_object(self, name: str) -> JsonObject:
        """Take a required object as it stands, to be read by its own document's rules."""
        value = self._take(name)
        if not isinstance(value, dict):
            self.problem(name, "required" if value is None else "object_expected")
            return {}
        return value

    def close(self) -> None:
        """Note the fields nobody asked for."""
        for name in sorted(self.values.keys() - self.taken):
            self.problem(_shown(name), "field_unknown")

    def finish(self, code: str) -> None:
        """Raise Invalid `code` with all problems of the document, if it has any."""
        self.close()
        if self.problems:
            raise Invalid(code, fields=tuple(self.problems))

    def _take(self, name: str) -> JsonValue:
        self.taken.add(name)
        return self.values.get(name)

    def _string(self, name: str, *, longest: int) -> str | None:
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.problem(name, "text_expected")
            return None
        text = unicodedata.normalize("NFC", value).strip()
        if len(text) > longest:
            self.problem(name, "text_too_long", longest=longest)
            return text[:longest]
        return text or None

    def _missing(self, name: str) -> None:
        place = self._place(name)
        if all(known.field != place for known in self.problems):
            self.problem(name, "required")

    def _place(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def moment_text(moment: datetime) -> str:
    """Write a moment as our documents carry it: UTC, whole seconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_text(day: date | None) -> str | None:
    """Write a date as our documents carry it; none stays none."""
    return None if day is None else day.isoformat()


Parsed = TypeVar("Parsed")


def _parsed(text: str, *, form: re.Pattern[str], parse: Callable[[str], Parsed]) -> Parsed | None:
    if not form.fullmatch(text):
        return None
    try:
        return parse(text)
    except ValueError:
        return None


def _is_control(letter: str) -> bool:
    return letter in _DIRECTION_MARKS or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:40])
