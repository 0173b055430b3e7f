"""The tracing centres of the synthetic world: one that works here, one elsewhere, reached by signed files."""

from datetime import timedelta
from pathlib import Path

from cotrace.demo.rules.plots import ELSEWHERE
from cotrace.exchange.selectors.peers import own_installation
from cotrace.exchange.services.peers import KeyValues, PeerValues, peer_put
from cotrace.foundation import clock
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.exports.key_files import create_key_pair
from cotrace.tracing.services.register import CentreValues, centre_put

CENTRE = "NTC"
NEIGHBOURS = ("ca1", "ca2")
"""Codes for the installation of the centre elsewhere: the first that is not one's own. Nobody runs it unless a second
demo is started under that code (docs/exchange-walkthrough.md)."""

KEY_COUNTS_FOR = timedelta(days=730)


def centres_written(home: Path) -> None:
    """Name both centres, and enter the installation of the one elsewhere with a key of its own."""
    operator = installation_principal()
    neighbour = next(code for code in NEIGHBOURS if code != own_installation())
    centre_put(operator, centre=CentreValues(agency=CENTRE, call_back="+1 304 555 0102", is_default=True))
    centre_put(
        operator, centre=CentreValues(agency=ELSEWHERE, call_back="+1 613 555 0116", installation=neighbour)
    )
    moment = clock.now()
    folder = home / "neighbour"
    folder.mkdir(mode=0o700)
    key = KeyValues(
        key=create_key_pair(folder / f"{neighbour}.key").text,
        valid_from_at=moment,
        valid_until_at=moment + KEY_COUNTS_FOR,
    )
    values = PeerValues(
        code=neighbour,
        name="Canada (synthetic)",
        agreement="SYN-MOU-1",
        keys=(key,),
        address="liaison@cnftc.example",
    )
    peer_put(operator, values=values)
