"""Trace requests and the tracing centre's work through the JSON door."""

from cotrace.tracing.api.centre import router as centre_router
from cotrace.tracing.api.requests import router as requests_router

__all__ = ["centre_router", "requests_router"]
