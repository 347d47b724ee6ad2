"""Benchmarks: ratios in one run against a named limit, never an asserted time."""
