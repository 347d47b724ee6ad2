"""The rules of `./tequio check wall`: the code keeps them, and each of them notices a defect."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tequio.config import logs
from tequio.config.checks import wall
from tequio.config.checks.runner import CHECKS
from tequio.survivors import door


# At every save `./tequio check` asks the same.
@pytest.mark.thorough
def test_the_code_keeps_the_rules_of_the_wall() -> None:
    assert wall.look().problems == ""


def test_they_are_part_of_every_check() -> None:
    assert "wall" in {check.name for check in CHECKS}


CARE = "tequio/care/views/overview.py"
BEHIND = "tequio/survivors/views/cases.py"


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        ("looks_over", CARE, "from tequio.survivors.models import Case"),
        ("looks_over", CARE, "from tequio import survivors"),
        ("looks_over", CARE, "import tequio.survivors.vault as v"),
        ("looks_over", CARE, "def f():\n from tequio.survivors import queries"),
        ("looks_over", CARE, "x = importlib.import_module('tequio.survivors')"),
        ("looks_over", CARE, "from django.apps import apps\napps.get_model('survivors', 'Case')"),
        ("looks_over", CARE, "from django.apps import apps\napps.get_model('survivors.Case')"),
        ("points_there", "tequio/care/models.py", "x = models.ForeignKey('survivors.Case')"),
        ("speaks_outside", BEHIND, "from django.contrib import messages"),
        ("speaks_outside", BEHIND, "from tequio.audit.record import record"),
        ("speaks_outside", BEHIND, "import logging"),
        ("speaks_outside", BEHIND, "import structlog"),
        ("speaks_outside", BEHIND, "from tequio.jobs.models import Job"),
        ("speaks_outside", BEHIND, "from tequio.jobs import start"),
        ("speaks_outside", BEHIND, "from tequio.people.models import Participant"),
        ("opens_seals", BEHIND, "x = vault.open_cover(key, case)"),
        ("opens_seals", BEHIND, "x = vault.key_of(wall, case)"),
        ("opens_seals", CARE, "x = wall.pair_of(epoch).open(sealed)"),
        ("marks_safe", CARE, "from django.utils.safestring import mark_safe\nx = mark_safe(y)"),
        ("marks_safe", CARE, "x = safestring.SafeString(y)"),
        ("raw_sql", CARE, "Person.objects.raw('SELECT 1')"),
        ("raw_sql", CARE, "Person.objects.extra(where=['1=1'])"),
        ("raw_sql", CARE, "with connection.cursor() as c:\n c.execute('SELECT 1')"),
        ("raw_sql", CARE, "Person.objects.annotate(x=RawSQL('1', ()))"),
    ],
)  # fmt: skip
def test_a_seeded_defect_is_noticed(rule: str, path: str, code: str) -> None:
    assert any(f": {rule}: " in problem for problem in wall.problems_of(path, code))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("tequio/survivors/actions/cases.py", "x = vault.open_cover(vault.key_of(by, case), case)"),
        ("tequio/survivors/works.py", "from tequio.jobs import schedule"),
        ("tequio/survivors/queries/men.py", "from tequio.letters import men"),
        ("tequio/people/vault.py", "x = vault.key_of(organisation)"),
        ("tequio/ui/seats.py", "x = mark_safe(' hidden')"),
        (CARE, "from tequio.letters.slot import has_wall"),
    ],
)
def test_what_is_allowed_is_not_blamed(path: str, code: str) -> None:
    assert wall.problems_of(path, code) == []


def test_the_logs_leave_out_the_addresses_that_the_wall_has() -> None:
    assert reverse("survivors:home") == logs.WALL == door.PATH
