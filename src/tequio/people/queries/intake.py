"""Reading an intake: all of it for who coordinates, what the group needs for who runs it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.core import clock
from tequio.people import sealed, vault, words
from tequio.people.models import Identity, Intake, Participant, Safeguard
from tequio.people.policies import visible_to
from tequio.people.queries.ledger import given_by
from tequio.people.rules import finishing
from tequio.people.rules.answers import Answers, Guardian, Texts
from tequio.territory import places


@dataclass(frozen=True, slots=True)
class Entry:
    """One intake, opened."""

    intake: Intake
    answers: Answers
    texts: Texts


def last_intake(participant: Participant) -> Intake | None:
    """Return the newest intake of a man."""
    return Intake.objects.filter(participant=participant).order_by("-started_at", "-pk").first()


def entry(user: User, participant: Participant) -> Entry | None:
    """Return a man's newest intake, or None where there is none or the reader may not know."""
    seen = visible_to(user, Permission.INTAKE_READ).filter(pk=participant.pk).exists()
    intake = last_intake(participant) if seen else None
    if intake is None:
        return None
    return Entry(intake, sealed.answers_of(intake), sealed.texts_of(intake))


def group_needs(user: User, participant: Participant) -> Answers | None:
    """Return only what a circle has to prepare: language, reading, access, hours of work."""
    if not visible_to(user).filter(pk=participant.pk).exists():
        return None
    intake = last_intake(participant)
    if intake is None:
        return None
    whole = sealed.answers_of(intake)
    return Answers(
        language=whole.language,
        interpreter=whole.interpreter,
        reads=whole.reads,
        disability=whole.disability,
        work_hours=whole.work_hours,
    )


def place_name(answers: Answers) -> str:
    """Return the name of his municipality or place, as he would type it."""
    found = places.find(answers.municipality)
    return found.name if found else answers.place


def guardian_of(participant: Participant) -> Guardian:
    """Return what was checked for a minor; empty where nothing was yet."""
    safeguard = Safeguard.objects.filter(participant=participant).first()
    return sealed.guardian_of(safeguard) if safeguard else Guardian()


def birth_year_of(participant: Participant) -> int | None:
    """Return his year of birth for a rule; the caller shows it only to who may know."""
    identity = Identity.objects.filter(participant=participant).first()
    return vault.unseal(identity).birth_year if identity else None


def is_minor(participant: Participant, answers: Answers) -> bool | None:
    """Tell whether he is under eighteen; None where nobody knows."""
    return finishing.is_minor(birth_year_of(participant), answers.adult, clock.now().year)


def may_join(participant: Participant) -> list[finishing.Gap]:
    """Return what a man still lacks before a group may take him; nothing where he lacks nothing.

    Rooms above ask this; it opens no file for anybody.
    """
    intake = last_intake(participant)
    answers = sealed.answers_of(intake) if intake else Answers()
    return finishing.gaps(
        finishing.Known(
            route=intake.route if intake else "",
            motive=intake.motive if intake else "",
            minor=is_minor(participant, answers),
            guardian=guardian_of(participant),
            given=given_by(participant),
        )
    )


def why_not(participant: Participant) -> str:
    """Say in a sentence why a group may not take him yet; nothing where it may."""
    missing = may_join(participant)
    return (
        _("De su ingreso falta: %(missing)s.") % {"missing": words.gaps(missing)} if missing else ""
    )


def unfinished(user: User) -> QuerySet[Intake]:
    """Return the intakes that were begun and wait, the oldest first; for who takes men in."""
    men = visible_to(user, Permission.INTAKE_TAKE)
    waiting = Intake.objects.filter(state=Intake.State.DRAFT, participant__in=men)
    return waiting.select_related("participant").order_by("started_at", "pk")
