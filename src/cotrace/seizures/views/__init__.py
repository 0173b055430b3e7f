"""Pages of this room: the list, one seizure, recording and correcting, imports of logs."""
