"""The site as journeys find it: two groups, a meeting tonight, and people who may enter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.people import *  # noqa: F403
from tests.people import sign_in

from tequio.access.models import User
from tequio.circles.models import Group, Membership, Session
from tequio.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TONIGHT = date(2026, 11, 20)
ROWS = {
    "Abeto": "pppp.",
    "Bosque": "ppff.",
    "Cedro": "pff..",
    "Duna": "ptpp.",
    "Encino": "apfp.",
    "Faro": "pppt.",
    "Guayabo": ".....",
    "Higo": "pfff.",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site answers, and what is in it."""

    url: str
    group: Group
    tonight: Session
    places: list[Membership]

    def enter(self, page: Page, user: User) -> None:
        """Put somebody in as after password and code."""
        key = sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    def marks(self) -> dict[str, str]:
        """What the database holds of tonight, by alias."""
        rows = self.tonight.attendances.values_list("membership__participant__alias", "status")
        return dict(rows)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """The server's threads and the test share a file, as on a laptop."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        path: Path = tmp_path_factory.mktemp("database") / "tequio.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture
def site(live_server: Any, facilitator: User, other_facilitator: User) -> Iterator[Site]:
    """Friday the 20th at eight in the evening, at Círculo Norte."""
    with clock.going_from(EVENING):
        group = GroupFactory.create(
            organisation=facilitator.organisation,
            facilitators=[facilitator],
            name="Viernes 19:00, Portales",
            starts_at=time(19, 0),
        )
        planned = sessions_of(group, TONIGHT, 5, held=4)
        places = attend(group, planned, ROWS)
        past = GroupFactory.create(
            organisation=facilitator.organisation,
            facilitators=[other_facilitator],
            name="Lunes 18:00, Ecatepec",
        )
        attend(
            past,
            sessions_of(past, date(2026, 11, 16), 6, held=6),
            {"Jade": "pppppp", "Lago": "ppffff", "Monte": "pptppf", "Nube": "ffffff"},
        )
        yield Site(live_server.url.replace("127.0.0.1", "localhost"), group, planned[4], places)
