"""Data that may be read but not copied into the repository.

They lie in a folder beside it. Where they are absent a test says so and is left out, also where
every other skip is a failure: nobody can be made to have what may not be given away.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
# tests/conftest.py forgives a skip that begins like this, and no other.
ABSENT = "Data that may not be copied are not here: "


def find(*parts: str) -> Path:
    """Return a file or folder of the shared data, or skip the test that asks."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{ABSENT}{path}")
    return path
