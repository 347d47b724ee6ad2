"""PostgreSQL is killed or drops its lines while taps come in. The long run is in tests/deep."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.deep import pg_evening

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_the_site_comes_back_by_itself_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    seen = pg_evening.run(tmp_path, 10, seed=1, men=12)
    assert (seen.lost, seen.doubled, seen.odd) == (0, 0, {})
    assert seen.cycles.total() == 10
