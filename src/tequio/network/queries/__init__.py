"""Reading what the community has."""
