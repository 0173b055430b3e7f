"""Other installations and their keys, to be compared by telephone; one's own key, to be handed out. Nothing is changed here."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cotrace.doors import formats
from cotrace.doors.furniture import Badge, Column, Row, Table, Tone
from cotrace.doors.gate import principal_of
from cotrace.exchange.exports import own_key
from cotrace.exchange.reads import PeerKeyRead, PeerRead
from cotrace.exchange.reads.words import Fact
from cotrace.exchange.rules.fingerprints import grouped, groups_of
from cotrace.exchange.selectors.peers import peer_get, peer_list
from cotrace.foundation import clock

KEY_SUFFIX = ".cotrace-key.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShown:
    """A key as people compare it: the groups of its fingerprint, whether it counts, from and until when."""

    groups: tuple[str, ...]
    badge: Badge
    time: str


@require_GET
def peers(request: HttpRequest) -> HttpResponse:
    """Show one's own key and the register of other installations."""
    principal = principal_of(request)
    found = peer_list(principal)
    own = own_key(principal)
    context = {"own": own, "groups": groups_of(own.key_id), "table": _table(found), "is_empty": not found}
    return render(request, "exchange/peers.html", context)


@require_GET
def peer(request: HttpRequest, code: str) -> HttpResponse:
    """Show one other installation with the fingerprints of its keys."""
    read = peer_get(principal_of(request), code=code)
    context = {
        "read": read,
        "facts": _facts(read),
        "keys": [_key(each) for each in read.keys],
    }
    return render(request, "exchange/peer.html", context)


@require_GET
def own_key_file(request: HttpRequest) -> HttpResponse:
    """Send this installation's public key as a file of one line."""
    own = own_key(principal_of(request))
    return HttpResponse(
        f"{own.key}\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{own.installation}{KEY_SUFFIX}"'},
    )


def _state(read: PeerRead) -> Badge:
    if not read.is_active:
        return Badge(text=pgettext("state of an installation", "Switched off"), tone=Tone.CLOSED)
    if not any(_counts(each) for each in read.keys):
        return Badge(text=pgettext("state of an installation", "No key counts now"), tone=Tone.PROBLEM)
    return Badge(text=pgettext("state of an installation", "Active"), tone=Tone.DONE)


def _counts(key: PeerKeyRead, at: datetime | None = None) -> bool:
    return key.valid_from_at <= (at or clock.now()) < key.valid_until_at


def _table(found: tuple[PeerRead, ...]) -> Table:
    columns = (
        Column(label=_("Installation")),
        Column(label=pgettext("of an installation", "Name")),
        Column(label=_("Memorandum")),
        Column(label=_("State")),
        Column(label=_("Fingerprint")),
        Column(label=pgettext("moment", "Last changed")),
    )
    rows = tuple(
        Row(
            url=reverse("exchange:peer", args=[each.code]),
            cells=(
                each.code,
                each.name,
                each.agreement,
                _state(each),
                " / ".join(grouped(key.key_id) for key in each.keys),
                each.changed_at,
            ),
        )
        for each in found
    )
    return Table(caption=_("Other installations"), columns=columns, rows=rows, is_caption_hidden=True)


def _facts(read: PeerRead) -> list[Fact]:
    return [
        (_("State"), _state(read)),
        (_("Memorandum"), read.agreement),
        (_("How to reach its people"), read.address or None),
        (pgettext("moment", "Last changed"), read.changed_at),
    ]


def _key(key: PeerKeyRead) -> KeyShown:
    moment = clock.now()
    if _counts(key, moment):
        badge = Badge(text=pgettext("state of a key", "Counts now"), tone=Tone.DONE)
    elif moment < key.valid_from_at:
        badge = Badge(text=pgettext("state of a key", "Does not count yet"), tone=Tone.WAITING)
    else:
        badge = Badge(text=pgettext("state of a key", "Its time is over"), tone=Tone.CLOSED)
    words = {"since": formats.moment(key.valid_from_at), "until": formats.moment(key.valid_until_at)}
    return KeyShown(
        groups=groups_of(key.key_id),
        badge=badge,
        time=_("Counts from %(since)s until %(until)s.") % words,
    )
