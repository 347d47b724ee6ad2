"""Reading the register, and what the check page may tell a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio
from tequio.people.models import Participant
from tequio.people.queries import who_is
from tequio.programmes.models import Enrolment
from tequio.programmes.policies import enrolments_visible_to
from tequio.reports.counted import Counted, counted
from tequio.reports.models import Certificate
from tequio.reports.policies import certificates_visible_to


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody who holds the paper may compare with it: no name, no programme."""

    folio: str
    organisation: str
    issued_on: date
    attended: int
    held: int
    voided: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """A way of which a certificate could be issued, with its count."""

    enrolment: Enrolment
    counted: Counted


def register(user: User) -> QuerySet[Certificate]:
    """Return the register, newest first."""
    return (
        certificates_visible_to(user)
        .select_related("participant", "edition")
        .order_by("-issued_at", "folio")
    )


def check(folio: str) -> Checked | None:
    """Look a certificate up by its folio, however it was typed."""
    try:
        wanted = parse_folio(folio)
    except DomainError:
        return None
    found = Certificate.objects.select_related("organisation").filter(folio=wanted).first()
    if found is None:
        return None
    return Checked(
        found.folio,
        found.organisation.name,
        found.issued_on,
        found.attended,
        found.held,
        found.voided_at is not None,
    )


def ready(user: User, participant: Participant) -> list[Ready]:
    """Return what could be certified of a man: each edition in which sessions were held for him."""
    ways = enrolments_visible_to(user).filter(participant=participant).select_related("edition")
    found = [
        Ready(way, counted(user, participant, way.edition))
        for way in ways.order_by("created_at", "pk")
    ]
    return [one for one in found if one.counted.dose.held]


def full_name(user: User, participant: Participant) -> str:
    """Return the name that would be printed; empty where it is not known."""
    who = who_is(user, participant)
    return who.full_name if who else ""
