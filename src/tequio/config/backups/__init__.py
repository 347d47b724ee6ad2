"""Putting the data away, encrypted, and taking them out again."""
