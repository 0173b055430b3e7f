"""Reading and verifying the log."""

from cotrace.audit.selectors.events import events_of_chain, looks_at

__all__ = ["events_of_chain", "looks_at"]
