"""What is measured inside one process, in a database that is thrown away."""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict

from tequio.access.actions import create_organisation, create_user
from tequio.access.models import User
from tequio.config import say
from tequio.config.bench.forms import survey
from tequio.core import clock, ids
from tequio.instruments import own_answers, own_tables
from tequio.instruments.actions import devices
from tequio.instruments.models import Device, Submission
from tequio.instruments.openrosa import submitted
from tequio.instruments.openrosa.received import Received
from tequio.instruments.steps import Steps
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import read

ROWS: Final = 10_000
WIDE: Final = 39
LONG: Final = 400
_SECONDS: Final = 2.0


def run(argv: Sequence[str]) -> int:
    """Make a telephone and print its token, what the bare work costs, and the two other tasks."""
    if argv and argv[0] == "count":
        say.line(json.dumps({"kept": Submission.objects.filter(form_id="barrio").count()}))
        return 0
    if argv and argv[0] == "bare":
        say.line(json.dumps({"bare": _bare()}))
        return 0
    organisation = create_organisation(by=None, name="Medida", slug="medida")
    new = create_user(
        by=None, name="Maru", handle="maru", roles=["coordinator"], organisation=organisation
    )
    user = User.objects.select_related("organisation").get(pk=new.user.pk)
    given = devices.add(by=user, label="Medida")
    found = {"token": given.token, "bare": _bare()}
    if connection.vendor == "sqlite":
        opened, step = _long_form()
        found |= {"csv": _csv(given.device), "open": opened, "step": step}
    say.line(json.dumps(found))
    return 0


def _bare() -> float:
    """Parse the same answers and insert them as they are, one transaction each, per second."""
    insert = _postgres_insert() if connection.vendor == "postgresql" else _sqlite_insert()
    xml = survey.filled(survey.FIELDS, f"uuid:{ids.new_id()}")
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < _SECONDS:
        submitted.read(xml)
        insert(str(ids.new_id()), xml)
        done += 1
    return done / (time.perf_counter() - began)


def _sqlite_insert() -> Callable[[str, bytes], object]:
    line: sqlite3.Connection = sqlite3.connect(Path(settings.DATA) / "raw.sqlite3")
    line.isolation_level = None
    for words in ("journal_mode=WAL", "synchronous=FULL"):
        line.execute(f"PRAGMA {words}")
    line.execute("CREATE TABLE IF NOT EXISTS raw (id TEXT PRIMARY KEY, xml BLOB)")
    return lambda key, xml: line.execute("INSERT INTO raw VALUES (?, ?)", (key, xml))


def _postgres_insert() -> Callable[[str, bytes], object]:
    said = settings.DATABASES["default"]
    line = psycopg.connect(
        host=said["HOST"], port=said["PORT"], user=said["USER"], dbname=said["NAME"],
        autocommit=True,
    )  # fmt: skip
    line.execute("CREATE TABLE IF NOT EXISTS raw (id TEXT PRIMARY KEY, xml BYTEA)")
    return lambda key, xml: line.execute("INSERT INTO raw VALUES (%s, %s)", (key, xml))


def _csv(device: Device) -> float:
    """Return the seconds that a table of ten thousand answers takes, from sealed rows to CSV."""
    form = read(survey.xform(WIDE, "ancho"))
    with transaction.atomic():
        for _n in range(ROWS):
            number = f"uuid:{ids.new_id()}"
            own_answers.take(
                form,
                survey.filled(WIDE, number, "ancho"),
                Received(device.organisation_id, number, clock.now(), device.label, device.pk),
            )
    began = time.perf_counter()
    rows = Submission.objects.filter(form_id="ancho").iterator(chunk_size=500)
    lines = sum(page.count("\r\n") for page in own_tables.as_csv(own_tables.table([form], rows)))
    took = time.perf_counter() - began
    if lines != ROWS + 1:
        raise RuntimeError(f"{lines} lines")
    return took


class _OnOneChair:
    """An answer kept in memory: what is measured is the form and not the database."""

    language, title, back_url = "es", "Medida", "/"

    def __init__(self, form: Form) -> None:
        self.asked, self.body = form, dict[str, Any]()

    def kept(self) -> dict[str, Any] | None:
        return self.body or None

    def keep(self, body: Mapping[str, Any]) -> None:
        self.body = dict(body)


def _long_form() -> tuple[float, float]:
    """Return the seconds to open a form of 400 questions, and the worst of 40 steps in it.

    A step is all that a page does with it: read what was kept, take an answer, work out what
    follows from it, draw the next screen and keep it again.
    """
    xml = survey.xform(LONG, "largo")
    # As the server does it once it is loaded (config.web): what is there for good is not looked
    # through again while somebody waits.
    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    chair = _OnOneChair(read(xml))
    sitting: Any = chair
    first = Steps(sitting)
    first.fields()
    first.keep()
    opened = time.perf_counter() - began
    worst = 0.0
    for number in range(1, LONG + 1, 10):
        answer = QueryDict(urlencode({"q0": survey.said(number)}, doseq=True))
        chair.body["at"] = f"/data/p{number}"
        began = time.perf_counter()
        steps = Steps(sitting)
        if wrong := steps.take(answer):
            raise RuntimeError(f"question {number}: {wrong}")
        steps.forward()
        steps.fields()
        steps.keep()
        worst = max(worst, time.perf_counter() - began)
    return opened, worst
