"""Groups, places, sessions and marks as the database holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import factory
from tests.factories.access import OrganisationFactory
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EditionFactory, SiteFactory

from tequio.access.models import User
from tequio.circles.models import Attendance, Group, Membership, Session

_LETTERS = {"p": "present", "t": "late", "f": "absent", "a": "excused"}


class GroupFactory(factory.django.DjangoModelFactory[Group]):
    """A group without men or meetings. `facilitators=[lalo]` says who facilitates it."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    site = factory.SubFactory(SiteFactory, organisation=factory.SelfAttribute("..organisation"))
    edition = factory.SubFactory(
        EditionFactory, organisation=factory.SelfAttribute("..organisation")
    )
    name = factory.Sequence(lambda n: f"Martes 19:00, {n}")

    @factory.post_generation
    def facilitators(self, create: bool, extracted: Iterable[User] | None, **kwargs: Any) -> None:
        if create:
            self.facilitators.set(extracted or ())


class SessionFactory(factory.django.DjangoModelFactory[Session]):
    """A planned meeting."""

    class Meta:
        model = Session

    group = factory.SubFactory(GroupFactory)
    position = factory.Sequence(lambda n: n + 1)
    number_from = factory.SelfAttribute("position")
    number_to = factory.SelfAttribute("position")


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A man's place from the first meeting on."""

    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..group.organisation")
    )


def sessions_of(group: Group, last: date, count: int, *, held: int) -> list[Session]:
    """Plan weekly meetings of which the last is on that day; the first `held` took place."""
    return [
        SessionFactory.create(
            group=group,
            position=n + 1,
            planned_on=last - timedelta(weeks=count - 1 - n),
            state="held" if n < held else "planned",
        )
        for n in range(count)
    ]


def attend(group: Group, sessions: Sequence[Session], rows: Mapping[str, str]) -> list[Membership]:
    """Write a register by hand: an alias, and a letter per meeting (p t f a, a dot for unknown)."""
    places = []
    for alias, letters in rows.items():
        man = ParticipantFactory.create(organisation=group.organisation, alias=alias)
        place = MembershipFactory.create(group=group, participant=man)
        places.append(place)
        for session, letter in zip(sessions[: len(letters)], letters, strict=True):
            if letter in _LETTERS:
                Attendance.objects.create(
                    session=session, membership=place, status=_LETTERS[letter], marked_by="prueba"
                )
    return places
