"""This installation's own signing keys under COTRACE_HOME/keys, made at first use, readable by their owner alone.

`centre` signs inquiries to connectors, `exchange` signs files to other installations. Where web and worker
run on several hosts, the operator copies the folder to each of them before first use.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing.exports.key_files import PUBLIC_SUFFIX, create_key_pair, read_signer

CENTRE = "centre"
EXCHANGE = "exchange"


def home_signer(name: str) -> Signer:
    """Return the signer of that name, made now where there is none yet.

    Several processes may come at once: one of them makes the key, all of them read the same.
    Raises: Invalid key_file_unreadable, key_file_exposed, key_file_wrong, key_file_unwritable.
    """
    path = Path(settings.COTRACE_HOME) / "keys" / f"{name}.key"
    if not path.exists():
        _make(path)
    return read_signer(path)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        fresh = Path(folder) / path.name
        create_key_pair(fresh)
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
        public = path.with_name(path.name + PUBLIC_SUFFIX)
        public.unlink(missing_ok=True)
        os.link(fresh.with_name(fresh.name + PUBLIC_SUFFIX), public)
