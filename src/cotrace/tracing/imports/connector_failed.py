"""The one way in which asking a connector fails."""

from cotrace.foundation.errors import Param, Unavailable
from cotrace.tracing.rules.connector_failures import ConnectorFailure


class ConnectorFailed(Unavailable):
    """A connector gave no usable answer; `failure` decides what happens next.

    `retry_after_s` is set for a pending answer alone.
    """

    def __init__(
        self, failure: ConnectorFailure, *, retry_after_s: int | None = None, **params: Param
    ) -> None:
        super().__init__(failure.value, fields=(), **params)
        self.failure = failure
        self.retry_after_s = retry_after_s
