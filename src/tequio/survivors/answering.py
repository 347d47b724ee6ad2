"""One questionnaire of hers under way, as the page that asks knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from tequio.core.codes import code_of
from tequio.instruments.stores import Done, Filled, FormKey, Raised
from tequio.survivors import words
from tequio.survivors.actions import asking
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Assessment, Held
from tequio.survivors.words import word


@dataclass(slots=True)
class HerSitting:
    """With whoever accompanies her, behind the wall."""

    by: OpenWall
    case_id: UUID
    held: Held
    language: Final[str] = "es"

    @property
    def _sheet(self) -> Assessment:
        assert isinstance(self.held.body, Assessment)  # noqa: S101 -- opened as one
        return self.held.body

    @property
    def form(self) -> FormKey:
        """What is asked."""
        return FormKey(self._sheet.slug, self._sheet.version, self._sheet.sha256)

    @property
    def title(self) -> str:
        """What it is called."""
        return asking.asked_in(self._sheet).name.in_(self.language)

    @property
    def back_url(self) -> str:
        """The list of what she is asked."""
        return reverse("survivors:asking", args=[self.case_id])

    @property
    def number(self) -> UUID:
        """Its number, drawn when it began: nothing outside the wall moves."""
        return UUID(self._sheet.number)

    @property
    def code(self) -> str:
        """What its paper carries: bits of the sealed number, so that it says nothing outside."""
        return code_of(self.number)

    @property
    def whole_page(self) -> bool:
        """Whether all questions stand on one page."""
        return self._sheet.whole_page

    def kept(self) -> dict[str, Any] | None:
        """Return what was kept so far."""
        return dict(self._sheet.draft)

    def keep(self, body: Mapping[str, Any]) -> None:
        """Keep it, sealed, over what was read."""
        began = {"instance": self._sheet.number, "began": self._sheet.began_at.isoformat()}
        draft = {**began, **body}
        self.held = asking.keep(by=self.by, case_id=self.case_id, held=self.held, draft=draft)

    def finish(self, filled: Filled) -> Done:
        """Seal the whole answer."""
        flags = asking.finish(by=self.by, case_id=self.case_id, held=self.held, filled=filled)
        raised = tuple(Raised(one.kind, word(words.FLAGS, one.kind), "") for one in flags)
        return Done(reverse("survivors:answers", args=[self.case_id, self.held.id]), raised)
