"""A memorandum as tables: where it stands, who signed, who sees what of whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Badge, Column, LevelBadge, RecordNumber, Row, Shown, Table, Tone
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.rules.agreements import Standing
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.sentences.grounds import category_words, purpose_words
from cotrace.sharing.sentences.memoranda import STANDINGS, in_the_language

WIDE_FROM = 7
"""From how many parties the table of levels gets a scroll box of its own."""


_TONES: Mapping[Standing, Tone] = {
    Standing.WAITS_FOR_US: Tone.ATTENTION,
    Standing.WAITS_FOR_OTHERS: Tone.WAITING,
    Standing.NOT_BEGUN: Tone.WAITING,
    Standing.IN_FORCE: Tone.DONE,
    Standing.SUSPENDED: Tone.ATTENTION,
    Standing.LAPSED: Tone.CLOSED,
    Standing.ENDED: Tone.CLOSED,
    Standing.WITHDRAWN: Tone.CLOSED,
}


def title_of(read: AgreementRead) -> str:
    """Return the title in the reader's language."""
    return in_the_language(read.title_en, read.title_es)


def state_badge(read: AgreementRead) -> Badge:
    """Return where a memorandum stands for the reader's agency."""
    return Badge(text=str(STANDINGS[read.standing]), tone=_TONES[read.standing])


def agreements_table(found: Sequence[AgreementRead]) -> Table:
    """Return the list of memoranda."""
    columns = (
        Column(label=_("Title")),
        Column(label=_("Parties")),
        Column(label=_("Status")),
        Column(label=_("First day")),
        Column(label=_("Review on")),
        Column(label=_("Last day")),
    )
    rows = tuple(
        Row(
            url=reverse("sharing:agreement", args=[each.id]),
            cells=(
                title_of(each),
                ", ".join(party.agency for party in each.parties),
                state_badge(each),
                each.starts_on,
                each.review_on,
                each.ends_on or _("no end set"),
            ),
        )
        for each in found
    )
    return Table(caption=_("Memoranda, newest first"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def agreement_facts(read: AgreementRead) -> list[tuple[str, Shown]]:
    """Return what a memorandum says besides parties and levels."""
    return [
        (_("Number"), RecordNumber(number=read.id)),
        (_("Status"), state_badge(read)),
        (_("Purposes"), "; ".join(purpose_words(each) for each in read.purposes)),
        (_("Drafted by"), read.drafted_by),
        (_("First day"), read.starts_on),
        (_("Review on"), read.review_on),
        (_("Last day"), read.ends_on or _("no end set")),
        (_("Legal basis"), read.legal_basis or None),
    ]


def parties_table(read: AgreementRead, names: Mapping[str, str]) -> Table:
    """Return the parties and their signatures."""
    columns = (
        Column(label=_("Agency")),
        Column(label=pgettext("of an agency", "Name")),
        Column(label=_("Signed by")),
        Column(label=pgettext("moment", "Signed")),
    )
    rows = tuple(
        Row(
            cells=(
                each.agency,
                names.get(each.agency, each.agency),
                each.signer_name or _("not signed yet"),
                each.signed_at or _("not signed yet"),
            )
        )
        for each in read.parties
    )
    return Table(caption=_("Parties and signatures"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLevels:
    """Who sees what of one category: as a table, and for narrow screens line by line."""

    table: Table
    lines: tuple[tuple[str, LevelBadge], ...]


def clause_levels(read: AgreementRead) -> tuple[CategoryLevels, ...]:
    """Return the levels of each category that the memorandum names."""
    categories = dict.fromkeys(each.category for each in read.clauses)
    return tuple(
        CategoryLevels(table=_clause_table(read, category), lines=_clause_lines(read, category)) for category in categories
    )


def _clause_lines(read: AgreementRead, category: str) -> tuple[tuple[str, LevelBadge], ...]:
    """Return for each agency that sees, and each whose records these are, the words before the level."""
    parties = [each.agency for each in read.parties]
    levels = _levels(read, category)
    return tuple(
        (_("%(viewer)s sees of %(owner)s:") % {"viewer": viewer, "owner": owner}, _badge(levels, viewer, owner))
        for viewer in parties
        for owner in parties
        if viewer != owner
    )


def _levels(read: AgreementRead, category: str) -> dict[tuple[str, str], Level]:
    return {(each.viewer, each.owner): each.level for each in read.clauses if each.category == category}


def _clause_table(read: AgreementRead, category: str) -> Table:
    """Return a table: each row an agency that sees, each column one whose records it sees."""
    parties = [each.agency for each in read.parties]
    levels = _levels(read, category)
    columns = (
        Column(label=_("Who sees")),
        *(Column(label=_("of %(agency)s") % {"agency": agency}) for agency in parties),
    )
    rows = tuple(
        Row(cells=(viewer, *(_cell(levels, viewer, owner) for owner in parties))) for viewer in parties
    )
    return Table(
        caption=category_words(category), columns=columns, rows=rows, is_wide=len(parties) >= WIDE_FROM
    )


def _cell(levels: Mapping[tuple[str, str], Level], viewer: str, owner: str) -> Shown:
    if viewer == owner:
        return pgettext("in a table of who sees what", "its own")
    return _badge(levels, viewer, owner)


def _badge(levels: Mapping[tuple[str, str], Level], viewer: str, owner: str) -> LevelBadge:
    return LevelBadge(code=levels.get((viewer, owner), Level.NOTHING).name)
