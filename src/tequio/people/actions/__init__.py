"""Opening a man's file, his intake, and what he agrees to."""

from __future__ import annotations

from tequio.people.actions.batch import NewIntake, take_in_many
from tequio.people.actions.consents import Hearing, decide, withdraw
from tequio.people.actions.identities import index_sounds
from tequio.people.actions.intake import (
    answer,
    finish_intake,
    safeguard,
    start_intake,
)
from tequio.people.actions.partner import hand_on
from tequio.people.actions.register import correct, open_file, register, register_many
from tequio.people.actions.texts import forget_texts

__all__ = [
    "Hearing",
    "NewIntake",
    "answer",
    "correct",
    "decide",
    "finish_intake",
    "forget_texts",
    "hand_on",
    "index_sounds",
    "open_file",
    "register",
    "register_many",
    "safeguard",
    "start_intake",
    "take_in_many",
    "withdraw",
]
