"""The community: who is in it, what it offers, what it learns, demands and does."""
