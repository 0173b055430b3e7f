"""Static files as the site serves them: under names that carry their hash, compressed, collected once."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected"


def collect_static() -> bool:
    """Collect static files where any changed since the last time; return whether that was so."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.parent.exists())
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """Return a digest of the names, sizes and times of all files that finders know."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            modified = storage.get_modified_time(path).timestamp()
            lines.append(f"{path} {storage.size(path)} {modified}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
