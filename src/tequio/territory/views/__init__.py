"""Pages about places and about the law of a place."""
