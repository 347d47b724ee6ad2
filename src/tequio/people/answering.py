"""The store of men's answers, as the renderer and the server of forms know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.core.errors import Forbidden, NotVisible
from tequio.instruments import stores
from tequio.instruments.stores import Done, Filled, FormKey, Raised
from tequio.people import sealed_answers
from tequio.people.actions import assessments
from tequio.people.asked import asked_in, flag_in_words
from tequio.people.models import Assessment
from tequio.people.policies import may_ask

NAME = "people"


@dataclass(frozen=True, slots=True)
class HisSitting:
    """One answer of his under way, with whoever accompanies him."""

    by: User
    row: Assessment

    @property
    def form(self) -> FormKey:
        """What is asked."""
        return FormKey(self.row.instrument, self.row.version, self.row.sha256)

    @property
    def language(self) -> str:
        """In which language."""
        return self.row.language

    @property
    def title(self) -> str:
        """What it is called."""
        return asked_in(self.row).name.in_(self.row.language)

    @property
    def back_url(self) -> str:
        """The list of what he is asked."""
        return reverse("people:assessments", kwargs={"folio": self.row.participant.folio})

    def kept(self) -> dict[str, Any] | None:
        """Open what was kept so far."""
        return sealed_answers.draft_of(self.row)

    def keep(self, body: Mapping[str, Any]) -> None:
        """Keep it, sealed."""
        assessments.keep(by=self.by, assessment_id=self.row.pk, body=body)

    def finish(self, filled: Filled) -> Done:
        """Seal the whole answer."""
        flags = assessments.finish(
            by=self.by,
            assessment_id=self.row.pk,
            answers=filled.answers,
            how=Assessment.How(filled.how.value),
            finished_at=filled.finished_at,
        )
        raised = tuple(Raised(flag.kind, flag_in_words(flag.kind), "") for flag in flags)
        url = reverse("people:assessment-done", kwargs={"assessment_id": self.row.pk})
        return Done(url, raised)


class HisAnswers:
    """What men answer, of themselves."""

    reporters = frozenset({"his", "anyone"})

    def sitting(self, by: Any, sitting_id: UUID) -> HisSitting:
        """Go on with an answer that this person may ask for."""
        if not isinstance(by, User):
            raise NotVisible(_("Esta página no existe."))
        rows = Assessment.objects.filter(
            organisation=by.organisation_id, state=Assessment.State.DRAFT
        )
        row = pick(rows.select_related("participant"), pk=sitting_id)
        if not may_ask(by, row.participant):
            raise NotVisible(_("Esta página no existe."))
        return HisSitting(by, row)

    def take(self, organisation_id: UUID, filled: Filled) -> bool:
        """Refuse: a telephone does not know whose answer it is, and nobody guesses."""
        raise Forbidden(
            _("Lo que contesta un participante se recibe en su expediente, no desde un teléfono."),
            hint=_("Abre su expediente y captura ahí lo que contestó."),
        )


def register() -> None:
    """Say where men's answers live; called once when the room starts."""
    stores.register(NAME, HisAnswers())
