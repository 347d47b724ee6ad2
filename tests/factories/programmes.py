"""Sites and signed editions as the database holds them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from tests.factories.access import OrganisationFactory
from tests.factories.people import ParticipantFactory

from tequio.core import clock
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep, Site


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """A place where an organisation works."""

    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Sede {n}")


class EditionFactory(factory.django.DjangoModelFactory[Edition]):
    """A signed edition of the model of twelve meetings. `unsigned=True` waits for its signature."""

    class Meta:
        model = Edition

    class Params:
        unsigned = factory.Trait(signed_at=None, signed_by="", signed_as="")

    organisation = factory.SubFactory(OrganisationFactory)
    model_slug = "guia-simetria"
    model_version = factory.Sequence(lambda n: f"1.{n}")
    model_sha256 = "0" * 64
    name = "Guía de doce sesiones"
    sessions_planned = 12
    minutes = 90
    signed_at = factory.LazyFunction(clock.now)
    signed_by = "Carmen Solís"
    signed_as = "Psicóloga"
    diagnosis_title = "Diagnóstico participativo de la colonia"


class EnrolmentFactory(factory.django.DjangoModelFactory[Enrolment]):
    """A man's way before its first step. `enrolled` walks him on."""

    class Meta:
        model = Enrolment

    organisation = factory.SubFactory(OrganisationFactory)
    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..organisation")
    )
    edition = factory.SubFactory(
        EditionFactory, organisation=factory.SelfAttribute("..organisation")
    )


def step(
    enrolment: Enrolment, to: str, on: date, *, reason: str = "other_reason", **fields: Any
) -> EnrolmentStep:
    """Add one step as the database takes it, without asking any action."""
    enrolment.refresh_from_db()
    made = EnrolmentStep.objects.create(
        enrolment=enrolment,
        position=enrolment.turns + 1,
        from_state=enrolment.state,
        to_state=to,
        happened_on=on,
        reason=reason,
        written_by="prueba",
        **fields,
    )
    enrolment.refresh_from_db()
    return made


def enrolled(enrolment: Enrolment, *states: str, on: date) -> Enrolment:
    """Walk a man through these states, a day after another."""
    for n, to in enumerate(states):
        fields: dict[str, Any] = {}
        if to == "completed":
            fields = {"attended": 9, "held": 12}
        if to == "excluded":
            fields = {"sealed_note": b"sealed"}
        step(enrolment, to, on + timedelta(days=n), **fields)
    return enrolment
