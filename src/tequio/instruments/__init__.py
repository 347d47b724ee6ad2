"""Questionnaires: how they are defined, asked and scored, and the formats of the field."""
