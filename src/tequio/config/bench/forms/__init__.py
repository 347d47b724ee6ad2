"""`./tequio bench forms`."""
