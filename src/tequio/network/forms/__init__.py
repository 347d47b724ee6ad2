"""What is typed of the community, checked."""
