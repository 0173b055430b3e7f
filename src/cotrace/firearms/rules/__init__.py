"""What is decided about guns, on plain values."""
