"""What this room's pages read: never a letter."""
