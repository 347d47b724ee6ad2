"""What pages and rooms above read."""
