"""Small studies with a known answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.evidencia.analysis.studies import PLAN, Study, rows


@pytest.fixture
def trial() -> Callable[..., Study]:
    """Make a trial; keywords as in :func:`rows`."""

    def make(plan: str = PLAN, **kwargs: float) -> Study:
        return Study(rows(**kwargs), plan)  # type: ignore[arg-type]

    return make
