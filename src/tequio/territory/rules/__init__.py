"""Pure decisions: what may be said of a place, how firmly, and what may not."""
