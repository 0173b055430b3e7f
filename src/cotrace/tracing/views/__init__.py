"""Pages of this room: the asking agency's requests and results, the tracing centre's work."""
