"""What `./tequio bench community` times, in a process whose database is thrown away.

The diagnosis is asked of every municipality once, in an order that no cache likes, through the
whole application: middleware, session, template.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tequio.access import sessions
from tequio.access.actions import create_organisation, create_user
from tequio.access.models import User
from tequio.config import say
from tequio.config.bench.community import directory
from tequio.territory import places

FEW: Final = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was asked, how often, the middle, the slowest of a hundred, and the aim."""

    what: str
    times: Sequence[float]
    aim: str


def measure(_argv: Sequence[str]) -> int:
    """Ask for the pages; where the database may be thrown away."""
    client = _signed_in()
    keys = [place.key for state in places.states() for place in places.municipalities(state.key)]
    # Neighbours never follow each other, and none is asked twice.
    spread = [key for start in range(37) for key in keys[start::37]]
    client.get(reverse("territory:diagnosis", args=[spread[-1]]))
    rows = [
        Row(
            f"diagnosis of a municipality, each of {len(keys):,} once",
            [_time(client, "territory:diagnosis", key) for key in spread],
            "≤ 300 ms",
        ),
        Row(
            "its three drawings, from data never drawn before",
            [_time(client, "territory:drawings", key) for key in spread[:FEW]],
            "",
        ),
        Row(
            "its PDF, drawings at hand",
            [_time(client, "territory:diagnosis-pdf", key) for key in spread[:FEW]],
            "",
        ),
        Row(
            "map of a state, each of 32 once",
            [_time(client, "territory:state", state.key) for state in places.states()],
            "",
        ),
    ]
    rows += [Row(*timed) for timed in directory.rows(client)]
    lines = [
        f"`./tequio bench community`; {os.cpu_count()} cores, Python {platform.python_version()}, "
        "SQLite. Whole answers at the server, one at a time.",
        "",
        "| what | asked | middle | 99 of 100 | slowest | aim |",
        "|---|--:|--:|--:|--:|--:|",
        *map(_line, rows),
    ]
    say.line("\n".join(lines))
    return 0


def _signed_in() -> Client:
    organisation = create_organisation(by=None, name="Medida", slug="medida")
    new = create_user(
        by=None, name="Paty", handle="paty", roles=["promoter"], organisation=organisation
    )
    user = User.objects.select_related("organisation").get(pk=new.user.pk)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(sessions.values_for(user))
    store.create()
    client = Client(HTTP_HOST="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def _time(client: Client, route: str, key: str) -> float:
    address = reverse(route, args=[key])
    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took


def _line(row: Row) -> str:
    order = sorted(row.times)
    cells = (statistics.median(order), order[int(0.99 * (len(order) - 1))], order[-1])
    said = " | ".join(f"{1000 * cell:,.0f} ms" for cell in cells)
    return f"| {row.what} | {len(order):,} | {said} | {row.aim} |"
