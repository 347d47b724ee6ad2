"""Makes an empty folder into an installation that may hold real data."""
