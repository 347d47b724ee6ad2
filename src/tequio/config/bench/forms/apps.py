"""Offers the form that is measured to every telephone, in a database that is thrown away."""

from __future__ import annotations

from django.apps import AppConfig

from tequio.config.bench.forms import survey


class BenchConfig(AppConfig):
    """Nothing but a form on offer."""

    name = "tequio.config.bench.forms"
    label = "bench_forms"

    def ready(self) -> None:
        """Offer it."""
        survey.offer()
