"""What to call the device of a session, from what its browser says of itself.

Authority: none; a User-Agent header is a claim. It helps a person to recognise their own session and decides
nothing. Tests: tests/unit/agencies/test_devices.py.
"""

from dataclasses import dataclass

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Browser and system by name, each empty where unknown."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device:
    """Name the browser and system of a User-Agent header; the first name in the tables that fits wins."""
    return Device(browser=_first(_BROWSERS, user_agent), system=_first(_SYSTEMS, user_agent))


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in table if mark in text), "")
