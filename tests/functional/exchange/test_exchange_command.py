"""The exchange at a terminal: states in the words of its reader, never the codes of the store."""

import pytest

from cotrace.exchange.models import ReceivedMessage, SentMessage
from cotrace.foundation import clock
from tests.support.at_terminal import Terminal
from tests.support.world import token
from tests.usecases.exchange.letters import US, peer_exists


@pytest.fixture
def ana(answering_site: str) -> Terminal:
    """Somebody of an agency that sent a message and got one, at a terminal in Spanish."""
    peer_exists(US)
    now = clock.now()
    SentMessage.objects.create(
        peer_id=US, agency="FGE-SON", kind="trace_request", record="TR-1", message="TR-1_1", state="waiting", noted_at=now
    )
    ReceivedMessage.objects.create(
        peer_id=US, agency="FGE-SON", kind="trace_result", message="TR-2_1", sequence=1, digest="x",
        disposition="accepted", received_at=now, taken_by="x",
    )  # fmt: skip
    return Terminal(answering_site, token("FGE-SON"), language="es_MX.UTF-8", group="exchange")


def test_messages_and_installations_are_listed_in_words(ana: Terminal) -> None:
    code, out, err = ana.run("messages")
    assert (code, err) == (0, "")
    assert "En espera de salir" in out and "Recibido" in out and "waiting" not in out and "accepted" not in out
    code, out, err = ana.run("peers")
    assert (code, err) == (0, "") and "Activa" in out
