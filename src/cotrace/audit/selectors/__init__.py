"""Reading the log and the rounds that were handed over."""

from cotrace.audit.selectors.events import details_about, event_page, events_about, is_shown_already, looks_at

__all__ = ["details_about", "event_page", "events_about", "is_shown_already", "looks_at"]
