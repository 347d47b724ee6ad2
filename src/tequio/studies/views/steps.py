"""What all steps of the assistant share: where one stands, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.studies.models import Study
from tequio.studies.queries.studies import Draft
from tequio.studies.rules.choices import DESIGN, MEASURES, PEOPLE, REVIEW, STEPS
from tequio.ui.addresses import address
from tequio.ui.parts import Link

_LABELS: Final[dict[str, str | Promise]] = {
    MEASURES: gettext_lazy("Qué se mide"),
    PEOPLE: gettext_lazy("Con quiénes"),
    DESIGN: gettext_lazy("Qué diseño"),
    REVIEW: gettext_lazy("Revisar"),
}
ROUTES: Final = {
    MEASURES: "studies:measures",
    PEOPLE: "studies:study-people",
    DESIGN: "studies:designs",
    REVIEW: "studies:review-plan",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One step on the page: done, now or next; the ones that may be opened lead there."""

    label: str
    state: str
    url: str


def crumbs(study: Study | None = None) -> list[Link]:
    """Return where one is."""
    found = [Link(_("Estudios"), address("studies:studies"))]
    if study is not None:
        found.append(Link(study.title, address("studies:study", study.pk)))
    return found


def shown_steps(draft: Draft, now: str = "", *, linked: bool = True) -> list[Shown]:
    """Return the steps; what was answered can be opened again by whoever prepares."""
    reached = STEPS.index(draft.step)
    return [
        Shown(
            str(_LABELS[slug]),
            "now" if slug == (now or draft.step) else "done" if at < reached else "next",
            step_url(slug, draft.study.pk) if linked and at <= reached else "",
        )
        for at, slug in enumerate(STEPS)
    ]


def step_url(slug: str, study_id: UUID) -> str:
    """Return the address of a step."""
    return address(ROUTES[slug], study_id)
