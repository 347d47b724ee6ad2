"""Encryption for a server in the house: its own authority, and a guide to trust it."""
