"""The only hands that write in this room."""
