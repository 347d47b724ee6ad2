"""Bringing in a register that was kept elsewhere, and taking the whole of it back."""

from __future__ import annotations

from tequio.circles.actions.imports.applying import apply
from tequio.circles.actions.imports.drafts import (
    choose,
    discard,
    erase_file,
    open_import,
    receive,
    write_down_problems,
)
from tequio.circles.actions.imports.starting import start
from tequio.circles.actions.imports.undoing import undo

__all__ = [
    "apply",
    "choose",
    "discard",
    "erase_file",
    "open_import",
    "receive",
    "start",
    "undo",
    "write_down_problems",
]
