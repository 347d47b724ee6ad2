"""Pages of the slot."""
