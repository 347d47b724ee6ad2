"""Reading models, guides, training, and who waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import User
from tequio.core.errors import DomainError
from tequio.core.text import join_names
from tequio.people import concerns
from tequio.people.models import Participant
from tequio.programmes import definitions, gates, offers
from tequio.programmes.definitions import Curriculum, Guide, Intervention
from tequio.programmes.gates import Wait
from tequio.programmes.models import Edition, Enrolment, Training
from tequio.programmes.offers import Seats
from tequio.programmes.policies import (
    editions_visible_to,
    enrolments_visible_to,
    trainings_visible_to,
)
from tequio.programmes.states import State

_LARGEST, _SMALLEST = 12, 1
_SHOWN = 50
# Who was accepted and has no seat: told to wait, or not yet.
WITHOUT_SEAT = (State.ACCEPTED, State.WAITING)


@dataclass(frozen=True, slots=True)
class Entry:
    """How men come into a group of this edition, and how many fit."""

    kind: str
    late_until: int | None
    smallest: int
    largest: int


def intervention(edition: Edition) -> Intervention | None:
    """Return the version of the model that this edition took up; None where no file has it."""
    found = definitions.find(edition.model_slug, edition.model_version)
    return found.model if found else None


def is_as_signed(edition: Edition) -> bool:
    """Tell whether the file on this machine is the one that was taken up."""
    found = definitions.find(edition.model_slug, edition.model_version)
    return found is not None and found.sha256 == edition.model_sha256


def claims_nothing(edition: Edition) -> bool:
    """Tell whether the edition stands for a register that was kept before this system."""
    model = intervention(edition)
    return model is not None and model.endorsement == "none"


def entry(edition: Edition) -> Entry:
    """Return the rules of entry; a model that says nothing of it keeps its groups open."""
    model = intervention(edition)
    if model is None:
        return Entry("open", None, _SMALLEST, _LARGEST)
    kind = model.entry.kind.value if model.entry else "open"
    late = model.entry.late_until.value if model.entry and model.entry.late_until else None
    return Entry(kind, late, model.group.smallest.value, model.group.largest.value)


def every_days(edition: Edition) -> int:
    """Return how far apart the meetings are; a week where nothing says otherwise."""
    model = intervention(edition)
    return model.sessions.every_days.value if model else 7


def curriculum(edition: Edition) -> Curriculum | None:
    """Return the session guides that this edition uses."""
    model = intervention(edition)
    if model is None or model.curriculum is None:
        return None
    return definitions.curriculum(model.curriculum.guides.value)


def guide(edition: Edition, number: int) -> Guide | None:
    """Return the guide of one session of the programme."""
    found = curriculum(edition)
    return found.guide(number) if found else None


def trained(model_slug: str, users: Iterable[User]) -> frozenset[UUID]:
    """Return who of these people has training in this model on record."""
    found = Training.objects.filter(
        model_slug=model_slug, person__in=[user.pk for user in users]
    ).values_list("person_id", flat=True)
    return frozenset(found)


def require_facilitators(*, edition: Edition, users: Sequence[User]) -> None:
    """Refuse fewer facilitators than the model needs, or one without training in it.

    Only models that ask for training on record are strict; older versions claim nothing of it.
    """
    model = intervention(edition)
    if model is None or model.facilitators.training_on_record is None:
        return
    needed = model.facilitators.needed.value
    if len(users) < needed:
        raise DomainError(
            ngettext(
                "Este modelo pide %(n)s persona que facilite.",
                "Este modelo pide %(n)s personas que faciliten.",
                needed,
            )
            % {"n": needed},
            hint=_("Elige quién más lleva el grupo."),
        )
    if not model.facilitators.training_on_record.value:
        return
    known = trained(edition.model_slug, users)
    without = [user.name for user in users if user.pk not in known]
    if without:
        raise DomainError(
            _("No está anotada la formación en este modelo de %(names)s.")
            % {"names": join_names(without)},
            hint=_("Anótala en Programas, o elige a quien ya la tenga."),
        )


def waiting(user: User, edition: Edition) -> QuerySet[Enrolment]:
    """Return the line of an edition: who has waited longest stands first."""
    return (
        enrolments_visible_to(user)
        .filter(edition=edition, state=State.WAITING)
        .select_related("participant", "site")
        .order_by("since", "participant__folio")
    )


def ways_of(user: User, participant: Participant) -> QuerySet[Enrolment]:
    """Return a man's ways, with their steps, for whoever may see them."""
    return (
        enrolments_visible_to(user)
        .filter(participant=participant)
        .select_related("participant", "edition", "site")
        .prefetch_related("steps")
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A man without a seat, for how many days; and what he waits for, where something holds him."""

    way: Enrolment
    days: int
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Those who have no seat in one edition yet, and where one is free for them."""

    edition: Edition
    # Who gets the next seat whoever else has waited longer; who stands in line; and who was drawn
    # to wait, each with why and until when.
    urgent: Sequence[Standing]
    men: Sequence[Standing]
    held: Sequence[Standing]
    seats: Sequence[Seats]
    # How many a page does not show.
    more: int = 0

    @property
    def open_seats(self) -> list[Seats]:
        """Groups that take somebody in now, the emptiest first."""
        return sorted((g for g in self.seats if g.admits), key=lambda g: (-g.free, g.name))

    @property
    def other_seats(self) -> list[Seats]:
        """Groups that take nobody in, each with its reason."""
        return [group for group in self.seats if not group.admits]


def lines(user: User, today: date) -> list[Line]:
    """Return the waiting list of each edition, and the groups that could take somebody in."""
    waiting = (
        enrolments_visible_to(user)
        .filter(state__in=WITHOUT_SEAT)
        .select_related("participant", "site", "edition")
        .order_by("since", "participant__folio")
    )
    ways = list(waiting)
    urgent = concerns.who_does_not_wait([one.participant_id for one in ways])
    known = gates.in_line(ways, urgent, today)
    men: dict[UUID, list[Standing]] = {}
    for way in ways:
        days = (today - (way.since or today)).days
        men.setdefault(way.edition_id, []).append(Standing(way, days, known.waits.get(way.pk)))
    seats = offers.groups(user)
    wanted = (
        editions_visible_to(user)
        .filter(signed_at__isnull=False)
        .order_by("name", "model_version", "pk")
    )
    return [
        _line(
            edition,
            men.get(edition.pk, []),
            [group for group in seats if group.edition_id == edition.pk],
            known.never_delayed,
        )
        for edition in wanted
        if edition.pk in men or any(group.edition_id == edition.pk for group in seats)
    ]


def _line(
    edition: Edition, stand: Sequence[Standing], seats: Sequence[Seats], urgent: frozenset[UUID]
) -> Line:
    in_line = [one for one in stand if not one.wait and one.way.participant_id not in urgent]
    return Line(
        edition,
        urgent=[one for one in stand if one.way.participant_id in urgent],
        men=in_line[:_SHOWN],
        held=[one for one in stand if one.wait],
        seats=seats,
        more=max(len(in_line) - _SHOWN, 0),
    )


def counts(user: User) -> dict[UUID, list[tuple[str, int]]]:
    """Count the men of each edition by where they stand, in the order of the way."""
    found = (
        enrolments_visible_to(user)
        .exclude(state="")
        .values_list("edition_id", "state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    by_edition: dict[UUID, dict[str, int]] = {}
    for edition_id, state, n in found:
        by_edition.setdefault(edition_id, {})[state] = n
    return {
        edition_id: [(str(s.label), states[s]) for s in State if s in states]
        for edition_id, states in by_edition.items()
    }


def trainings(user: User) -> QuerySet[Training]:
    """Return the training on record, newest first."""
    return (
        trainings_visible_to(user)
        .select_related("person")
        .order_by("-trained_on", "person__name", "pk")
    )
