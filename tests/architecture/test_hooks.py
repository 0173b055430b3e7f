"""The reviewed list of hooks is what `cotrace hooks` prints: a new wire between rooms is seen in a diff.

`make docs` writes the list anew; whoever reviews the change reviews the wire.
"""

from cotrace.config.hooks import Hooks, all_hooks
from tests.architecture.source import ROOT, fresh

REVIEWED = ROOT / "tests" / "architecture" / "hooks.txt"


def test_hooks_are_those_that_were_reviewed():
    printed = fresh("from cotrace.config.commands import hooks\nhooks(as_json=False)")
    assert printed.splitlines() == REVIEWED.read_text().splitlines()


def test_a_new_hook_would_be_seen():
    known = all_hooks()
    more = Hooks(
        subscriptions=(*known.subscriptions, ("seizure.recorded", "new.handler")), panels=known.panels
    )
    assert "event seizure.recorded -> new.handler" in more.text()
    assert more.text().splitlines() != REVIEWED.read_text().splitlines()
