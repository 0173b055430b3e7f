"""What a reader may see, decided on plain values."""
