"""Reading the log and the rounds that were handed over."""

from cotrace.audit.selectors.events import event_page, is_shown_already, looks_at

__all__ = ["event_page", "is_shown_already", "looks_at"]
