"""Decisions of this room from plain values."""
