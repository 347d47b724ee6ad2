"""The header shows as many doors as one reads at a glance; the rest stand in groups."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.people import *  # noqa: F403
from tests.people import sign_in

from tequio.access.models import User
from tequio.access.roles import ROLES
from tequio.desk.doors import GROUPS, doors
from tequio.desk.navigation import _AT_A_GLANCE, _links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_nobody_has_more_doors_than_one_reads_at_a_glance(
    request: pytest.FixtureRequest, role: str
) -> None:
    user: User = request.getfixturevalue(role)
    shown = {link.url for link in _links(user, "/")}
    assert len(shown) <= _AT_A_GLANCE
    pages = "".join(
        sign_in(Client(), user).get(link.url).content.decode()
        for link in _links(user, "/")
        if link.url in {"/comunidad/", "/evaluacion/", "/organizacion/"}
    )
    for slug in GROUPS:
        for part in doors(user, slug):
            assert part.url in shown or f'href="{part.url}"' in pages, part.label


def test_whoever_has_few_doors_sees_each_by_its_name(evaluator: User) -> None:
    labels = [link.label for link in _links(evaluator, "/costos/")]
    assert {"Permanencia", "Respuestas", "Estudios", "Costos"} <= set(labels)
    assert not {"Evaluación", "Organización"} & set(labels)


def test_within_a_group_the_header_says_where_one_is(coordinator: User) -> None:
    current = [link.label for link in _links(coordinator, "/costos/2026/") if link.current]
    assert current == ["Evaluación"]
    assert [one.label for one in _links(coordinator, "/organizacion/") if one.current] == [
        "Organización"
    ]
