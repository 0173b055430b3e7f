"""Pages of this room: what was sent and came, signed files to take out and in, the keys of other installations."""
