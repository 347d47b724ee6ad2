"""Words for templates behind the wall."""
