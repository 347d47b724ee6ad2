"""A man's questionnaires on paper: begun when they are printed, so that the code finds them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import moments
from tequio.people.actions import assessments
from tequio.people.actions.assessments import At
from tequio.people.models import Assessment
from tequio.people.policies import visible_to


@transaction.atomic
def print_out(
    *, by: User, folio: str, instrument: str = "", at: At | None = None, language: str = "es"
) -> tuple[Assessment, ...]:
    """Begin what is open at a moment, or one questionnaire outside of any, to be answered on paper.

    Printing it again is the same questionnaire with the same code.
    """
    man = pick(visible_to(by, Permission.ASSESSMENT_ASK), folio=folio)
    slugs = (instrument,) if instrument else _open(by, folio, at)
    rows = tuple(
        assessments.begin(by=by, folio=folio, instrument=slug, at=at, language=language)
        for slug in slugs
    )
    Assessment.objects.filter(pk__in=[row.pk for row in rows]).update(how=Assessment.How.PAPER)
    record(
        "assessment.print",
        by=by,
        subject=man,
        detail={"wave": at.wave if at else "", "n": len(rows)},
    )
    return rows


def _open(by: User, folio: str, at: At | None) -> tuple[str, ...]:
    man = pick(visible_to(by, Permission.ASSESSMENT_ASK), folio=folio)
    for one in moments.of_man(by, clock.today(by.organisation.timezone), man.pk):
        here = at is not None and (one.way_id, one.wave) == (at.way_id, at.wave)
        if here and not one.closed and one.open_slugs:
            return tuple(one.open_slugs)
    raise DomainError(
        _("En ese momento ya no hay nada que preguntarle."),
        hint=_("Mira la lista: quizá ya contestó, o ya pasó su tiempo."),
    )
