"""Tequio: runs a community's response to intimate partner violence."""
