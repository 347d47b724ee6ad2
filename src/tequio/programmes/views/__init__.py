"""Pages of programmes: models and editions, session guides, training, who waits, a man's way."""
