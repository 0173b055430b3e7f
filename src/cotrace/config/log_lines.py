"""Lines of the server's log. An address or a token that is itself a secret never stands in one, whatever broke.

Django names the address of a request that failed, and a traceback may hold it again: so the finished line is cut.
"""

import logging
import re

SECRETS = re.compile(r"(/account/link/|\bcotrace_)[\w-]{16,}")


class LineFormatter(logging.Formatter):
    """Formats a line, its traceback included, and takes one-time links and tokens out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        return SECRETS.sub(r"\1[…]", super().format(record))
