"""The sealed wall: what women say, readable only to those who hold its key."""
