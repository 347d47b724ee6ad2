"""`./tequio bench community`."""
