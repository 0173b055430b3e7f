"""Reading the log and the rounds that were handed over."""

from cotrace.audit.selectors.events import event_page, looks_at

__all__ = ["event_page", "looks_at"]
