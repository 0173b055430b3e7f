"""Messages in words: what they are, where they stand, why a file was refused."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors import formats
from cotrace.doors.furniture import Badge, Shown, Tone
from cotrace.doors.sentences import whole_sentence
from cotrace.exchange.reads import ReceivedRead, SentRead
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.foundation.errors import CotraceError

Fact = tuple[str, Shown]


def installation_words(code: str, name: str) -> str:
    """Return an installation by the register's name and its code; by its code alone where the register has none."""
    return f"{name} ({code})" if name else code


def peer_words(read: SentRead | ReceivedRead) -> str:
    """Return whom a message went to or came from."""
    return installation_words(read.peer, read.peer_name)


def kind_words(kind: MessageKind) -> str:
    """Return what a message carries."""
    return {
        MessageKind.TRACE_REQUEST: _("Trace request"),
        MessageKind.TRACE_RESULT: _("Trace result"),
        MessageKind.ACKNOWLEDGEMENT: _("Acknowledgement"),
    }[kind]


def state_words() -> dict[str, str]:
    """Return the states of a message that the list can be narrowed to."""
    return {
        "waiting": pgettext("state of a message", "Waits to leave"),
        "sent": pgettext("state of a message", "Taken out, not acknowledged yet"),
        "accepted": pgettext("state of a message", "Accepted"),
        "refused": pgettext("state of a message", "Refused"),
    }


def sent_badge(read: SentRead) -> Badge:
    """Return where a message of one's own stands."""
    if read.is_superseded:
        return Badge(text=pgettext("state of a message", "Replaced by a newer one"), tone=Tone.CLOSED)
    if read.kind is MessageKind.ACKNOWLEDGEMENT:
        return Badge(text=pgettext("state of a message", "Taken out"), tone=Tone.DONE)
    return {
        "waiting": Badge(text=state_words()["waiting"], tone=Tone.ATTENTION),
        "sent": Badge(text=state_words()["sent"], tone=Tone.WAITING),
        "accepted": Badge(text=pgettext("state of a message", "Accepted there"), tone=Tone.DONE),
        "refused": Badge(text=pgettext("state of a message", "Refused there"), tone=Tone.PROBLEM),
    }[read.state]


def received_badge(read: ReceivedRead) -> Badge:
    """Return what became of a message that came."""
    if read.disposition is Disposition.REFUSED:
        return Badge(text=pgettext("state of a message", "Understood and refused"), tone=Tone.PROBLEM)
    return Badge(text=pgettext("state of a message", "Taken"), tone=Tone.DONE)


def refused_badge() -> Badge:
    """Return what became of a file that was not acted on."""
    return Badge(text=pgettext("state of a message", "Not acted on"), tone=Tone.PROBLEM)


def is_no_signed_file(refusal: CotraceError) -> bool:
    """Tell whether a file was refused because it is not of Cotrace at all, or was spoilt on its way."""
    has_other_form = refusal.code == "envelope_malformed" and any(each.field == "format" for each in refusal.fields)
    return has_other_form or refusal.code.startswith("json_")


def no_signed_file_words() -> str:
    """Return what is wrong with such a file, and which one to ask for."""
    return _(
        "This is not a signed file of Cotrace, or it was damaged on its way. Ask its sender for the file whose name "
        "ends in .cotrace.json, as it was downloaded."
    )


def reason_words(code: str) -> str:
    """Return why a message was refused, from its code alone; the bare code where it has no sentence here.

    Another installation may know codes that this one does not, and its details do not travel with a code.
    """
    if code.startswith("json_"):
        return no_signed_file_words()
    plain = {
        "file_clock_out_of_step": _("The sender's clock ran ahead of ours. Set the clocks, then send it again."),
        "exchange_version_unknown": _("The file is of a version that this installation does not read."),
        "trace_request_incomplete": _("The trace request was incomplete, or something in it was wrong."),
    }
    if code in plain:
        return plain[code]
    return whole_sentence(code) or _("Refused for the reason “%(code)s”.") % {"code": code}


def sent_answer(read: SentRead) -> str:
    """Return what the other side said of a message."""
    if read.acknowledged_at is None:
        return _("none yet")
    at = formats.moment(read.acknowledged_at)
    if read.state == "refused":
        return _("Refused on %(at)s. %(reason)s") % {"at": at, "reason": reason_words(read.code)}
    return _("Accepted on %(at)s") % {"at": at}


def received_answer(read: ReceivedRead) -> str:
    """Return when one's own acknowledgement was written."""
    if read.kind is MessageKind.ACKNOWLEDGEMENT:
        return _("none needed")
    if read.acknowledged_at is None:
        return _("not written yet")
    return _("Written on %(at)s") % {"at": formats.moment(read.acknowledged_at)}
