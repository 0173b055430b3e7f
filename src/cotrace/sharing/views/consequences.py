"""What a signature, a suspension, a resumption or an end will do, in whole sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cotrace.doors import formats
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.rules.agreements import AgreementAct, AgreementState


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """An act on a memorandum: its button, the question before it."""

    label: str
    question: str


def act_words(act: AgreementAct, *, state: AgreementState) -> ActWords:
    """Return an act in the reader's language; ending a draft is withdrawing it."""
    if act is AgreementAct.END and state == AgreementState.DRAFT:
        return ActWords(label=_("Withdraw the draft"), question=_("Withdraw the draft “%(title)s”?"))
    words: Mapping[AgreementAct, ActWords] = {
        AgreementAct.SUSPEND: ActWords(
            label=_("Suspend"),
            question=_("Suspend “%(title)s”?"),
        ),
        AgreementAct.RESUME: ActWords(
            label=_("Resume"),
            question=_("Resume “%(title)s”?"),
        ),
        AgreementAct.END: ActWords(
            label=_("End the memorandum"),
            question=_("End “%(title)s” for good?"),
        ),
    }
    return words[act]


def sign_consequences(read: AgreementRead, *, agency: str, today: date) -> list[str]:
    """Return what signing for `agency` will do."""
    missing = [each.agency for each in read.parties if each.signed_at is None and each.agency != agency]
    if missing:
        return [
            _("Nothing is shared yet: it takes the signature of every party."),
            ngettext(
                "After yours, this signature is still missing: %(agencies)s.",
                "After yours, these signatures are still missing: %(agencies)s.",
                len(missing),
            )
            % {"agencies": ", ".join(missing)},
            _("With the last signature, each party sees of the others what the table says."),
        ]
    if read.starts_on > today:
        begins = _("Yours is the last signature: from %(day)s on, each party sees what the table says.") % {
            "day": formats.day(read.starts_on)
        }
    else:
        begins = _("Yours is the last signature: each party sees at once what the table says.")
    return [begins, _("That holds for records you have now and for those you will record.")]


def act_consequences(read: AgreementRead, *, act: AgreementAct) -> list[str]:
    """Return what an act on a memorandum will do."""
    agencies = {"agencies": ", ".join(each.agency for each in read.parties)}
    if read.state == AgreementState.DRAFT:
        return [
            _("The draft is withdrawn for every party: %(agencies)s.") % agencies,
            _("Nothing was shared under it. This cannot be taken back; a new draft can be written."),
        ]
    stays = _("What parties see under other memoranda stays as it is. What they saw stays on record.")
    closes = _("At once, no party sees anything of another under this memorandum: %(agencies)s.") % agencies
    sentences: Mapping[AgreementAct, list[str]] = {
        AgreementAct.SUSPEND: [closes, stays, _("Only your agency can resume it.")],
        AgreementAct.END: [
            closes,
            stays,
            _("This cannot be taken back: sharing again takes a new memorandum and every signature."),
        ],
        AgreementAct.RESUME: [
            _("At once, each party sees again what the table says: %(agencies)s.") % agencies,
        ],
    }
    return sentences[act]
