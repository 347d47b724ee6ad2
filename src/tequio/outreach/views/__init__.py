"""The pages of calls and emergencies."""
