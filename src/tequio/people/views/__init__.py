"""Opening a file, the intake, and what he agrees to."""
