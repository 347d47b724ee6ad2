"""Reads the parts of a kept recipe one by one and collects what is wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


class Problems:
    """What is wrong so far, in sentences; each reader gives something harmless back instead."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def add(self, sentence: str) -> None:
        """Keep a sentence once."""
        if sentence not in self.said:
            self.said.append(sentence)

    def table(self, value: object, key: str, allowed: Sequence[str]) -> dict[str, Any]:
        """Read a table that holds known keys alone."""
        if not isinstance(value, dict):
            self.add(_("Falta «%(key)s», o no es una tabla.") % {"key": key})
            return {}
        for name in value:
            if name not in allowed:
                words = {"key": key, "name": name, "allowed": ", ".join(allowed)}
                self.add(_("«%(key)s» no conoce «%(name)s». Puede tener: %(allowed)s.") % words)
        return {str(name): one for name, one in value.items() if name in allowed}

    def one_of(self, value: object, key: str, choices: Sequence[str]) -> str:
        """Read one word out of a list."""
        if value in choices:
            return str(value)
        words = {"key": key, "choices": ", ".join(choices)}
        self.add(_("«%(key)s» tiene que ser una de: %(choices)s.") % words)
        return choices[0]

    def word(self, value: object, key: str) -> str:
        """Read one short word: letters, numbers, hyphen, dot, underscore."""
        if isinstance(value, str) and _WORD.fullmatch(value):
            return value
        self.add(_("«%(key)s» tiene que ser una palabra corta, sin espacios.") % {"key": key})
        return ""

    def words(self, value: object, key: str, least: int = 1) -> tuple[str, ...]:
        """Read a list of short words, all different."""
        if not isinstance(value, list) or len(value) < least:
            self.add(_("Falta la lista «%(key)s».") % {"key": key})
            return ()
        found = tuple(self.word(one, key) for one in value)
        if len(set(found)) != len(found):
            self.add(_("La lista «%(key)s» repite una palabra.") % {"key": key})
        return found

    def day(self, value: object, key: str) -> date | None:
        """Read a day as 2026-01-31."""
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.add(_("«%(key)s» tiene que ser una fecha como 2026-01-31.") % {"key": key})
        return None

    def uuids(self, value: object, key: str) -> tuple[UUID, ...]:
        """Read a list of identifiers."""
        if isinstance(value, list) and value:
            try:
                return tuple(UUID(str(one)) for one in value)
            except ValueError:
                pass
        self.add(_("«%(key)s» tiene que ser una lista de identificadores.") % {"key": key})
        return ()
