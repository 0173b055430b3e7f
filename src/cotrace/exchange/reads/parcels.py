"""A message of one's own as a page shows it: where it stands, what to do next, which file can be taken out."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors import formats
from cotrace.doors.furniture import Badge, Tone
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import RecordExchange, SentRead
from cotrace.exchange.reads.words import installation_words, peer_words, reason_words, sent_badge
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.tracing.permissions import TracePermission


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes to one installation. `message` is empty for what has no message yet."""

    title: str
    badge: Badge
    sentences: tuple[str, ...]
    url: str
    message: str
    may_download: bool
    may_resend: bool
    is_first: bool


def parcels_of(principal: Principal, about: RecordExchange) -> tuple[Parcel, ...]:
    """Return what goes elsewhere of one record: its messages in force, or the one that could be made now."""
    in_force = [each for each in about.sent if not each.is_superseded and each.kind is not MessageKind.ACKNOWLEDGEMENT]
    if not in_force and about.installation and about.is_peer_active:
        return (_unmade(principal, about),)
    return tuple(_parcel(principal, each, is_open=about.is_peer_active) for each in in_force)


def _unmade(principal: Principal, about: RecordExchange) -> Parcel:
    goes_to = installation_words(about.installation, about.installation_name)
    return Parcel(
        title=_to(goes_to),
        badge=Badge(text=pgettext("state of a message", "Waits to leave"), tone=Tone.ATTENTION),
        sentences=_how_it_leaves(principal, goes_to),
        url=reverse("exchange:file", args=[about.number]),
        message="",
        may_download=principal.may(ExchangePermission.EXPORT),
        may_resend=False,
        is_first=True,
    )


def _parcel(principal: Principal, each: SentRead, *, is_open: bool) -> Parcel:
    is_over = each.expires_at is not None and each.expires_at <= clock.now()
    may_export = is_open and principal.may(ExchangePermission.EXPORT)
    is_stuck = each.state == "refused" or (each.state == "sent" and (is_over or each.is_outdated))
    return Parcel(
        title=_to(peer_words(each)),
        badge=sent_badge(each),
        sentences=(*_sentences(principal, each, is_over=is_over), *_who_may(principal, each)),
        url=reverse("exchange:file", args=[each.record]),
        message=each.message,
        may_download=may_export and not (is_over or each.is_outdated or each.state == "refused"),
        may_resend=may_export and is_stuck and principal.may(_resending(each.kind)),
        is_first=each.state == "waiting",
    )


def _who_may(principal: Principal, each: SentRead) -> tuple[str, ...]:
    """Return who takes a result out, for whoever may not see the purchaser that it may name."""
    if each.kind is not MessageKind.TRACE_RESULT or principal.may(TracePermission.TRANSFEREE):
        return ()
    return (_("If the result names the purchaser, only somebody who may see one can take its file out."),)


def _resending(kind: MessageKind) -> TracePermission:
    """Return whose act it is to send something again: the asking agency's, or the centre's."""
    return TracePermission.SUBMIT if kind is MessageKind.TRACE_REQUEST else TracePermission.RELEASE


def _to(peer: str) -> str:
    return _("To %(peer)s") % {"peer": peer}


def _how_it_leaves(principal: Principal, peer: str) -> tuple[str, ...]:
    leaves = (
        _("Download the file and bring it to %(peer)s in any way you like.")
        if principal.may(ExchangePermission.EXPORT)
        else _("It leaves as a file, which whoever exchanges files for your agency brings to %(peer)s.")
    )
    return (
        leaves % {"peer": peer},
        _("It is signed, not encrypted: whoever gets it can read it, nobody can change it unnoticed."),
    )


def _sentences(principal: Principal, each: SentRead, *, is_over: bool) -> tuple[str, ...]:
    """Return where a message stands and what to do next."""
    if each.state == "waiting" or each.created_at is None or each.expires_at is None:
        return _how_it_leaves(principal, peer_words(each))
    made = _("Made on %(at)s.") % {"at": formats.moment(each.created_at)}
    if each.state == "accepted" and each.acknowledged_at is not None:
        named = {"peer": peer_words(each), "at": formats.moment(each.acknowledged_at)}
        return (made, _("%(peer)s acknowledged it on %(at)s.") % named)
    if each.state == "refused":
        said = _("%(peer)s refused it: %(reason)s") % {"peer": peer_words(each), "reason": reason_words(each.code)}
        return (made, said, _("Once the cause is gone, send it again as a new message."))
    if is_over:
        ended = _("Nobody acknowledged it, and its time ended on %(at)s.") % {"at": formats.moment(each.expires_at)}
        return (made, ended, _("Send it again as a new message."))
    if each.is_outdated:
        other = _("The register now names another memorandum for %(peer)s than this message does.") % {"peer": peer_words(each)}
        return (made, other, _("Send it again as a new message."))
    waits = _("No acknowledgement has come yet. When one comes, take it in.")
    if not principal.may(ExchangePermission.EXPORT):
        return (made, waits)
    return (made, waits, _("You can download the same file until %(at)s.") % {"at": formats.moment(each.expires_at)})
