"""What the room decides from plain values."""
