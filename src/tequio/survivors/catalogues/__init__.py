"""Texts that she is told, shipped as data."""
