"""What people type, read and checked. Nothing here writes."""
