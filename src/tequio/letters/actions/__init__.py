"""The only writes of this room that a person does."""
