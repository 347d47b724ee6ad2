"""All questions of a form on one page, for whoever types fast or reads aloud."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from django.http import QueryDict

from tequio.instruments.steps import END, Steps
from tequio.instruments.xform.asking import Screen

_ALL: Final = "#all"


class WholePage(Steps):
    """One answer under way whose questions stand on one page."""

    _new = False

    @cached_property
    def screens(self) -> list[Screen]:
        """The one page; a form that repeats itself goes step by step."""
        found = self.asking.screens()
        if not found or any(one.one_more for one in found):
            return super().screens
        if self.at != END:
            self.at = _ALL
        asked = tuple(one for screen in found for one in screen.asked)
        return [Screen(_ALL, found[0].title, asked)]

    def take(self, given: QueryDict) -> dict[str, str]:
        """Take the page; what an answer brought up has still to be asked."""
        before = self._paths()
        bad = super().take(given)
        self._new = bool(self._paths() - before)
        return bad

    def forward(self) -> None:
        """Go to the end, unless there is something that was not asked before."""
        if not self._new:
            super().forward()

    def _paths(self) -> set[str]:
        return {asked.path for screen in self.screens for asked in screen.asked}
