"""What is typed into this room's pages."""
