"""Looks at this machine before real data are trusted to it."""
