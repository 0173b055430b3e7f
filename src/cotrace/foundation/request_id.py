"""The id of the request at hand, for logs, the audit trail and a response header; never in a page."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("cotrace_request_id", default="")
