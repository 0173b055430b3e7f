"""Decides which NCIC code of a calibre is proposed while its marking is typed; the expert's own choice always stays.

Tests: tests/unit/firearms/test_calibres.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibreProposal:
    """What the calibre as typed is known as, the NCIC code that covers it, and the code that the form shows."""

    fine: str = ""
    code: str = ""
    shown: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether the code in the form is the one that the calibre proposes."""
        return self.code != "" and self.shown == self.code


def proposal_of(*, fine: str, code: str, chosen: str, before: str) -> CalibreProposal:
    """Return what is proposed: a code takes the place of none, or of the one that was proposed `before`."""
    is_own = chosen not in ("", before)
    return CalibreProposal(fine=fine, code=code, shown=chosen if is_own else code)
