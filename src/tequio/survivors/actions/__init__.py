"""The only writes of the room. Each is done by an open wall and leaves a line in its own log."""
