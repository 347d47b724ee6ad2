"""Pure decisions of the community."""
