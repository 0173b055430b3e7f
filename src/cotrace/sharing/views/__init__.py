"""Pages of this room: who sees a record and why, memoranda, circles, emergency sessions."""
