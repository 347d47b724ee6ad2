"""Reading an open wall."""
