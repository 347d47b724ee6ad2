"""The pages that compose what the rooms offer."""
