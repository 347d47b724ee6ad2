"""Calls and emergencies as the database holds them."""

from __future__ import annotations

from datetime import date

import factory
from tests.factories.access import OrganisationFactory, UserFactory

from tequio.core import ids
from tequio.outreach.models import Call, Emergency


class CallFactory(factory.django.DjangoModelFactory[Call]):
    """A call about a meeting that a man missed. Say `membership`, `session` and `made_by`."""

    class Meta:
        model = Call

    id = factory.LazyFunction(ids.new_id)
    organisation = factory.SelfAttribute("membership.group.organisation")
    participant = factory.SelfAttribute("membership.participant")
    step = "call"
    outcome = "no_answer"


class EmergencyFactory(factory.django.DjangoModelFactory[Emergency]):
    """An earthquake at every site, for two weeks."""

    class Meta:
        model = Emergency

    organisation = factory.SubFactory(OrganisationFactory)
    recorded_by = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..organisation")
    )
    kind = "earthquake"
    sessions = "online"
    starts_on = date(2026, 11, 16)
    ends_on = date(2026, 11, 30)
    decided_by = "Dora, dirección"
