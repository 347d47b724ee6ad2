"""A question made once for a set of roles gives each person what the policies give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.care import ReviewFactory
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.outreach import CallFactory, EmergencyFactory
from tests.people import *  # noqa: F403

from tequio.access.models import RoleGrant, User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.access.sessions import load
from tequio.care.policies import reviews_visible_to
from tequio.circles.models import Membership
from tequio.circles.policies import groups_visible_to, sessions_visible_to
from tequio.outreach.policies import calls_visible_to, emergencies_of, groups_called_by
from tequio.people.policies import visible_to

TODAY = date(2026, 11, 20)
EVERYBODY = (
    "facilitator", "other_facilitator", "therapist", "advocate", "promoter", "coordinator",
    "evaluator", "director", "administrator", "outsider",
)  # fmt: skip
# What is asked through a policy by questions that are made once.
POLICIES: dict[str, Any] = {
    "sessions": sessions_visible_to,
    "marked": lambda user: sessions_visible_to(user, Permission.ATTENDANCE_MARK),
    "groups": groups_visible_to,
    "called": groups_called_by,
    "emergencies": emergencies_of,
    "reviews": reviews_visible_to,
    "calls": calls_visible_to,
    "men": visible_to,
}
SCOPED = {name: Scoped(policy) for name, policy in POLICIES.items()}


@pytest.fixture
def world(facilitator: User, other_facilitator: User, outsider: User) -> None:
    """A group for each of three people, with a man, a meeting, a review and an emergency."""
    for by in (facilitator, other_facilitator, outsider):
        group = GroupFactory.create(organisation=by.organisation, facilitators=[by])
        attend(group, sessions_of(group, TODAY, 2, held=2), {f"de {by.login}": "pf"})
        (place,) = Membership.objects.filter(group=group)
        ReviewFactory.create(participant=place.participant, organisation=by.organisation)
        EmergencyFactory.create(organisation=by.organisation, site=group.site)
        CallFactory.create(membership=place, session=group.sessions.get(position=2), made_by=by)


@pytest.mark.parametrize("name", POLICIES)
def test_everybody_gets_what_the_policy_gives_and_nothing_else(
    name: str, world: None, request: pytest.FixtureRequest
) -> None:
    found = {}
    for who in EVERYBODY:
        user = request.getfixturevalue(who)
        found[who] = {row.pk for row in SCOPED[name].ask(user)}
        assert found[who] == {row.pk for row in POLICIES[name](user)}, who
    # The two who share a role share no group: a value of one person never stays for the next.
    assert len({frozenset(keys) for keys in found.values()}) > 1


def test_a_role_that_was_taken_away_counts_at_the_next_asking(
    world: None, facilitator: User
) -> None:
    assert SCOPED["groups"].ask(facilitator)
    RoleGrant.objects.filter(user=facilitator).delete()
    fresh = load(facilitator.pk)
    assert fresh is not None
    assert SCOPED["groups"].ask(fresh) == []


def test_who_was_shut_out_gets_nothing(world: None, facilitator: User) -> None:
    assert SCOPED["groups"].ask(facilitator)
    facilitator.is_active = False
    assert SCOPED["groups"].ask(facilitator) == []
