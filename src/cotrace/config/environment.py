"""Settings from the environment: every one has a name that starts with COTRACE_ and is documented.

`docs/settings.md` lists them; a test compares the two.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from cotrace.foundation.errors import Refused


@dataclass(frozen=True, slots=True)
class Setting:
    """A documented environment variable."""

    name: str
    default: str
    sentence: str


SETTINGS = (
    Setting("COTRACE_HOME", "var", "Folder of the embedded database, stored files and keys"),
    Setting("COTRACE_DATABASE_URL", "", "postgresql://user:password@host:port/name; empty: SQLite under COTRACE_HOME"),
    Setting("COTRACE_OWNER_DATABASE_URL", "", "Same, for the role that owns the tables; used by `cotrace migrate` only"),
    Setting("COTRACE_SECRET_KEY", "", "Signs sessions; empty: a random key kept under COTRACE_HOME"),
    Setting("COTRACE_SECRET_KEY_FALLBACKS", "", "Earlier secret keys, comma-separated: what they encrypted is still read"),
    Setting("COTRACE_INSTALLATION", "LOCAL", "Code of this installation in public numbers, 2-8 capital letters or digits"),
    Setting("COTRACE_HOSTS", "127.0.0.1,localhost", "Host names the site answers to"),
    Setting("COTRACE_HTTPS", "no", "yes where the site is served over HTTPS: secure cookies, HSTS; needs COTRACE_PROXIES"),
    Setting("COTRACE_DEMO", "no", "yes: every page says that the data are synthetic"),
    Setting("COTRACE_DEBUG", "no", "yes: the terminal shows where a defect is, and the demo Django's debug pages; no other site or worker starts with it"),
    Setting("COTRACE_FSYNC", "on", "off: the embedded database does not wait for the disk and may lose the last changes; for tests"),
    Setting("COTRACE_LEASE_SECONDS", "60", "After how many seconds a dead worker's task is taken over; each further attempt holds it twice as long"),
    Setting("COTRACE_HEADS_HOURS", "24", "Every how many hours a signed round of the log's heads is handed to each agency"),
    Setting("COTRACE_IMPORT_ROWS_DAYS", "30", "After how many days the rows of a finished import are deleted, which are seizures since"),
    Setting("COTRACE_OUTBOX_DAYS", "30", "After how many days news inside the house that everybody has heard is forgotten"),
    Setting("COTRACE_TOKEN", "", "API token of the terminal; otherwise the one `cotrace login` stored"),
    Setting("COTRACE_URL", "http://127.0.0.1:8000", "Site that the terminal talks to"),
    Setting("COTRACE_OIDC_ISSUER", "", "OpenID Connect issuer; empty: no such sign-in"),
    Setting("COTRACE_OIDC_CLIENT_ID", "", "Client id at that issuer"),
    Setting("COTRACE_OIDC_CLIENT_SECRET", "", "Client secret at that issuer"),
    Setting("COTRACE_OIDC_NAME", "OpenID Connect", "What the sign-in page calls that issuer"),
    Setting("COTRACE_PROXIES", "0", "How many proxies stand before the site and tell the client's address"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def text(name: str) -> str:
    """Return the value of a documented variable, or its default."""
    return os.environ.get(name) or _DEFAULTS[name]


def yes(name: str) -> bool:
    """Return whether a documented variable says yes."""
    return text(name).strip().lower() in {"yes", "true", "1", "on"}


def several(name: str) -> list[str]:
    """Return the values of a documented variable that lists several with commas between."""
    return [each.strip() for each in text(name).split(",") if each.strip()]


def number(name: str) -> int:
    """Return the value of a documented variable that is a whole number."""
    return int(text(name))


def origin(url: str) -> str:
    """Return the origin of an address: scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def home() -> Path:
    """Return the folder of everything this installation keeps, whether or not it is there: loading settings writes nothing."""
    return Path(text("COTRACE_HOME")).expanduser().resolve()


def made_home() -> Path:
    """Return that folder, created where it is missing; for whoever is about to write into it.

    What this process writes from then on is closed to other accounts. Raises Refused where others may write there:
    they could put a key, a database or a page of their own in place of ours.
    """
    os.umask(0o077)
    folder = home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o022:
        raise Refused("home_writable", home=str(folder))
    return folder


def database(url: str) -> dict[str, object]:
    """Return Django's database settings for a URL; SQLite under COTRACE_HOME for an empty one."""
    if not url:
        return _sqlite(str(home() / "cotrace.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("COTRACE_DATABASE_URL: postgresql://… or sqlite:///…")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
        "TEST": {"NAME": parts.path.lstrip("/")},
    }


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA mmap_size=268435456; PRAGMA synchronous={_sync()}",
        },
        "TEST": {"NAME": path},
    }


def _sync() -> str:
    """Say that a commit waits for the disk: a disclosure is kept before its record is read, power cut or not."""
    return "OFF" if text("COTRACE_FSYNC") == "off" else "FULL"


def secret_key() -> str:
    """Return the configured secret key, or a random one made at first use and kept readable by the owner only.

    Several processes may come at once: one of them makes the key, all of them read the same.
    """
    configured = text("COTRACE_SECRET_KEY")
    if configured:
        return configured
    path = home() / "secret-key"
    if not path.exists():
        _make_secret_key(made_home() / path.name)
    return path.read_text().strip()


def _make_secret_key(path: Path) -> None:
    import secrets

    partial = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(partial, path)
    partial.unlink()
