"""Measurements, side by side in one run. Ratios are what counts: machines are shared and noisy."""
