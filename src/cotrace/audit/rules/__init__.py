"""What a chain is, on plain values."""
