"""The steps of an intake: few, each short, and only those that concern this man."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.people.rules.answers import Answers


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the intake."""

    slug: str
    title: str | Promise


ARRIVAL: Final = Step("llegada", _("Cómo llegó"))
AUTHORITY: Final = Step("autoridad", _("La autoridad que lo manda"))
LIFE: Final = Step("vida", _("Su vida"))
TAKING_PART: Final = Step("participar", _("Para que pueda venir"))
PLACE: Final = Step("lugar", _("Dónde vive"))
MINOR: Final = Step("menor", _("Si tiene menos de 18 años"))
PARTNER: Final = Step("pareja", _("Su pareja o expareja"))
AGREEMENTS: Final = Step("acuerdos", _("Lo que acepta"))
END: Final = Step("terminar", _("Revisar y terminar"))
# Those with a page of their own.
APART: Final = frozenset({AGREEMENTS.slug, END.slug, MINOR.slug, PARTNER.slug})


def steps(answers: Answers, *, minor: bool | None) -> tuple[Step, ...]:
    """Return the steps of this man in their order."""
    return (
        ARRIVAL,
        *((AUTHORITY,) if answers.mandated == "yes" else ()),
        LIFE,
        TAKING_PART,
        PLACE,
        *((MINOR,) if minor else ()),
        PARTNER,
        AGREEMENTS,
        END,
    )


def following(path: tuple[Step, ...], slug: str) -> str:
    """Return the slug of the step after one; the end where there is none."""
    slugs = [step.slug for step in path]
    place = slugs.index(slug) if slug in slugs else len(slugs) - 1
    return slugs[min(place + 1, len(slugs) - 1)]
