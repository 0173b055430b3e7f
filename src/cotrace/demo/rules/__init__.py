"""The synthetic border world: seeded, with known truth, written on plain values."""
