"""Hoy, a person's page and search: composes what each room offers."""
