"""What this room decides on plain values."""
