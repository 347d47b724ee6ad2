"""`./tequio bench wall`."""
