"""The reference connector: answers the tracing centre's inquiries from a licensee's own records.

The records stay with the licensee; they can be asked by serial number only, by the centre whose key
is pinned. The protocol is docs/connector-protocol.md.
"""

from cotrace.tracing.exports.connector_server.serve import ServeOptions, open_server, serve_records

__all__ = ["ServeOptions", "open_server", "serve_records"]
