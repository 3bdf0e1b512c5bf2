"""Figures, measured side by side in one run: medians and ratios, never asserted as tests."""
