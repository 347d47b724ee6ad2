"""Links that open once: their codes, what lies sealed under them, and who is asked what."""
