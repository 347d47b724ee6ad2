"""Pages at the door and behind it."""
