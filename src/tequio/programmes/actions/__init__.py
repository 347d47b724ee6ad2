"""What is written about editions, sites, training and each man's way through."""

from __future__ import annotations

from tequio.programmes.actions.editions import (
    Diagnosis,
    add_site,
    adopt_edition,
    sign_edition,
)

__all__ = ["Diagnosis", "add_site", "adopt_edition", "sign_edition"]
