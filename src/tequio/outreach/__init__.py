"""Reaching men between meetings: calls after an absence, its steps, and emergencies."""
