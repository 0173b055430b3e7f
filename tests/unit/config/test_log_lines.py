"""The server's log says what broke where, without the secrets that may stand in an address."""

import logging
import sys

from cotrace.config.log_lines import LineFormatter

SECRET = "PZg5mSNFv3ZdcFFJfvv8iSFq3wOHGkpaTZT-WzdBlBw"
FORMATTER = LineFormatter("%(levelname)s %(message)s")


def line(message: str, *arguments: object, broken: BaseException | None = None) -> str:
    told = (type(broken), broken, broken.__traceback__) if broken else None
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, told)
    return FORMATTER.format(record)


def test_a_links_secret_is_cut_and_the_rest_of_the_line_stays():
    assert line("Internal Server Error: %s", f"/account/link/{SECRET}") == (
        "ERROR Internal Server Error: /account/link/[…]"
    )


def test_a_token_is_cut():
    assert line("sent cotrace_%s twice", SECRET) == "ERROR sent cotrace_[…] twice"


def test_a_traceback_is_cut_too():
    try:
        raise ValueError(f"no page at /account/link/{SECRET}")
    except ValueError:
        told = line("failed", broken=sys.exc_info()[1])
    assert SECRET not in told and "no page at /account/link/[…]" in told


def test_other_lines_stay_as_they_are():
    for plain in ("Not Found: /account/link/", "/seizures/SZ-TEST-8J0K-0XA6-PJ4B", "cookie cotrace_session"):
        assert line(plain) == f"ERROR {plain}"
