"""Sessions are named by browser and system, so that their member knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotrace.agencies.rules.devices import Device, device_of

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("header", "browser", "system"),
    [
        (CHROME, "Chrome", "Windows"),
        (CHROME + " Edg/140.0", "Edge", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605.1.15", "Safari", "macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Mobile Safari/604.1", "Safari", "iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome", "Android"),
        ("curl/8.5", "", ""),
        ("", "", ""),
    ],
)
def test_a_header_names_browser_and_system(header: str, browser: str, system: str) -> None:
    assert device_of(header) == Device(browser=browser, system=system)


@given(st.text(max_size=300))
def test_any_header_at_all_is_answered(header: str) -> None:
    assert isinstance(device_of(header), Device)
