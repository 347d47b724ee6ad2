"""What is the team's own lies on a shelf, sealed like a case, and is nobody's case."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.factories.survivors import filled_case
from tests.people import *  # noqa: F403
from tests.walls import client_behind, found_wall

from tequio.access.models import User
from tequio.survivors.queries.covers import shelf

pytestmark = pytest.mark.django_db


def test_the_shelf_opens_as_no_case_and_the_log_does_not_lead_there(advocate: User) -> None:
    walled = found_wall(advocate)
    filled, client = filled_case(walled.by), client_behind(walled)
    found = shelf(by=walled.by)
    assert found is not None
    for name in ("case", "journey", "about"):
        assert client.get(reverse(f"survivors:{name}", args=[found.id])).status_code == 404
    page = client.get(reverse("survivors:log")).content.decode()
    assert str(filled.case_id) in page
    assert str(found.id) not in page
