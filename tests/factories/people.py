"""Men as the database holds them, each with a sealed identity."""

from __future__ import annotations

from typing import Any

import factory
from tests.factories.access import OrganisationFactory, UserFactory

from tequio.core import clock, ids
from tequio.core.text import fold
from tequio.people import sealed, vault
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Intake, Participant
from tequio.people.rules.answers import Answers
from tequio.people.vault import Who


class ParticipantFactory(factory.django.DjangoModelFactory[Participant]):
    """A man. `who=Who(…)` says who he is; without it only his alias is known."""

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    folio = factory.LazyFunction(ids.new_folio)
    alias = factory.Sequence(lambda n: f"Nogal {n}")
    alias_key = factory.LazyAttribute(lambda man: fold(man.alias))

    @factory.post_generation
    def who(self, create: bool, extracted: Who | None, **kwargs: Any) -> None:
        if create:
            vault.seal(self, extracted or Who()).save()


class IntakeFactory(factory.django.DjangoModelFactory[Intake]):
    """An intake that was begun. `said=Answers(…)` and `wrote=Texts(…)` say what is sealed in it."""

    class Meta:
        model = Intake

    class Params:
        said = Answers()
        wrote = None

    id = factory.LazyFunction(ids.new_id)
    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    started_by = factory.LazyAttribute(
        lambda intake: UserFactory.create(organisation=intake.organisation)
    )
    texts_at = factory.LazyAttribute(lambda intake: clock.now() if intake.wrote else None)

    @factory.lazy_attribute
    def answers(self) -> bytes:
        return sealed.seal_answers(_row(self), self.said)

    @factory.lazy_attribute
    def texts(self) -> bytes | None:
        return sealed.seal_texts(_row(self), self.wrote) if self.wrote else None


def _row(intake: Any) -> Intake:
    return Intake(id=intake.id, organisation=intake.organisation)


class ConsentFactory(factory.django.DjangoModelFactory[Consent]):
    """One decision on one purpose, by default yes to being called."""

    class Meta:
        model = Consent

    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    purpose = "contact"
    turn = factory.Sequence(lambda n: n % 30_000 + 1)
    text_version = "1"
    text_sha256 = factory.LazyFunction(lambda: agreements.versions()["1"].sha256)
    decision = "given"
    decided_on = factory.LazyFunction(lambda: clock.today("America/Mexico_City"))
    recorded_by = factory.LazyAttribute(
        lambda consent: UserFactory.create(organisation=consent.organisation)
    )
