"""What is decided about seizures, on plain values."""
