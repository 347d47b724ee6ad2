"""Diagnosis, risk reviews and the plan."""
