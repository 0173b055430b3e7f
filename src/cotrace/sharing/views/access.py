"""Why can I see this, who can, who looked: the same decision in three views."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cotrace.doors.furniture import Column, LevelBadge, RecordNumber, Row, Shown, Tab, Table
from cotrace.doors.gate import principal_of
from cotrace.foundation.principal import Principal
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import VisibleHolding, WhoRow
from cotrace.sharing.selectors.explain import access_explain, access_looked, access_who
from cotrace.sharing.sentences.grounds import category_words, limit_sentence, who_sentence
from cotrace.sharing.sentences.reasons import reasons_of
from cotrace.sharing.views.looked import look_table

LOOKS_MAX = 200


@require_GET
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Say why the reader sees a record, and which limits made the level."""
    principal = principal_of(request)
    seen = access_explain(principal, number=number)
    made = seen.decision
    limits: list[tuple[str, Shown]] = [
        (_("Your level"), LevelBadge(code=made.level.name)),
        (_("Your agency may see"), LevelBadge(code=made.grant.name)),
        (_("The owner allows"), LevelBadge(code=made.cap.name)),
    ]
    if made.has_circle:
        limits.append((_("Its circle allows"), LevelBadge(code=made.circle.name)))
    context = {
        **_around(principal, seen, current="sharing:why"),
        "reasons": reasons_of(principal, decision=made, owner=seen.owner),
        "limits": limits,
        "has_circle": made.has_circle,
    }
    return render(request, "sharing/why.html", context)


@require_GET
def who(request: HttpRequest, number: str) -> HttpResponse:
    """List everyone who can see a record of the reader's agency."""
    principal = principal_of(request)
    rows = access_who(principal, number=number)
    seen = access_explain(principal, number=number)
    context = {**_around(principal, seen, current="sharing:who"), "table": _who_table(principal, rows)}
    return render(request, "sharing/who.html", context)


@require_GET
def looked(request: HttpRequest, number: str) -> HttpResponse:
    """List who looked at a record of the reader's agency, newest first."""
    principal = principal_of(request)
    rows = access_looked(principal, number=number, limit=LOOKS_MAX)
    seen = access_explain(principal, number=number)
    context = {
        **_around(principal, seen, current="sharing:looked"),
        "table": look_table(rows),
        "is_cut": len(rows) == LOOKS_MAX,
        "shown_at_most": LOOKS_MAX,
    }
    return render(request, "sharing/looked.html", context)


def _around(principal: Principal, seen: VisibleHolding, *, current: str) -> dict[str, object]:
    """Return what the three views share: the record, and the way from one to another."""
    views = [("sharing:why", _("Why you see it"))]
    if seen.owner == principal.agency:
        views.append(("sharing:who", _("Who can see it")))
        if principal.may(SharingPermission.WHO_LOOKED):
            views.append(("sharing:looked", _("Who looked")))
    return {
        "number": seen.id,
        "record": RecordNumber(number=seen.id, url=reverse(holding_kind(seen.kind).page, args=[seen.id])),
        "category": category_words(seen.category),
        "owner": seen.owner,
        "tabs": tuple(
            Tab(label=label, url=reverse(name, args=[seen.id]), is_current=name == current)
            for name, label in views
        ),
    }


def _who_table(principal: Principal, rows: list[WhoRow]) -> Table:
    may_open = principal.may(SharingPermission.AGREEMENT_READ)
    columns = (
        Column(label=_("Who")),
        Column(label=_("Level")),
        Column(label=_("Why")),
        Column(label=_("Memorandum")),
        Column(label=_("Until")),
    )
    return Table(
        caption=_("Who can see this record"),
        columns=columns,
        rows=tuple(_who_row(each, may_open=may_open) for each in rows),
        is_caption_hidden=True,
    )


def _who_row(each: WhoRow, *, may_open: bool) -> Row:
    words = who_sentence(reason=each.reason, level=each.level, agency=each.agency, person=each.person)
    is_shared = each.reason == "agreement"
    url = reverse("sharing:agreement", args=[each.agreement]) if is_shared and may_open else ""
    return Row(
        cells=(
            each.person or each.agency,
            LevelBadge(code=each.level.name),
            " ".join([words, limit_sentence(each.limited_by)]).strip(),
            RecordNumber(number=each.agreement, url=url) if is_shared else _("none needed"),
            each.until_at or _("no end set"),
        )
    )
