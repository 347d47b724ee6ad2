"""Wiring: settings, addresses and the command line. Decisions live in the rooms."""
