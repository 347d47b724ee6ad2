"""What it costs, who pays for it, and what one more edition would need."""
