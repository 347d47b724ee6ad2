"""Two rules against luck: a list that ends in its key, and a day that is a day of the place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.reading import trees

ROOT = Path(__file__).resolve().parents[2]
# Unique by a constraint among the rows that such a list can hold: a second key would say nothing.
UNIQUE = {
    "code",
    "folio",
    "form_id",
    "id",
    "login",
    "number",
    "organisation_id",
    "participant__folio",
    "participant_id",
    "pk",
    "place",
    "position",
    "rank",
    "turn",
    "year",
}
# One row of each there is.
ONE_EACH = {
    "src/tequio/studies/queries/pooling.py: label": "a label is unique in its agreement",
    "src/tequio/territory/queries/atlas.py: kind": "there is one set in use of each kind",
}
# Where rows go by the month, half a day sooner or later is all the same.
BY_THE_MONTH = {
    "src/tequio/letters/actions/forgetting.py",
    "src/tequio/letters/answers.py",
    "src/tequio/letters/slot.py",
    "src/tequio/network/actions/literacy.py",
    "src/tequio/network/actions/slips.py",
    "src/tequio/reports/accounts/keeping.py",
    "src/tequio/survivors/actions/forgetting.py",
}
Rule = Callable[[str, ast.Module], Iterator[str]]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("src", "tests"):
        for name, tree in trees(folder):
            yield f"{folder}/{name}", tree


def ties(path: str, tree: ast.Module) -> Iterator[str]:
    """What two rows share orders neither: PostgreSQL then gives today one first, then the other."""
    if not path.startswith("src/"):
        return
    for node in ast.walk(tree):
        last: ast.expr | None = None
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
            last = node.args[-1] if node.args else None
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
            last = node.value.elts[-1] if isinstance(node.value, ast.Tuple) else node.value
        if isinstance(last, ast.Constant):
            name = str(last.value).removeprefix("-")
            if name not in UNIQUE and f"{path}: {name}" not in ONE_EACH:
                yield f"{path}:{last.lineno}: {name}"


def days(path: str, tree: ast.Module) -> Iterator[str]:
    """At six in the evening UTC already has the next day: a day is asked of a zone."""
    if path in BY_THE_MONTH:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "clock.now().date",
            "timezone.now().date",
        }:
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("rule", [ties, days], ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    assert [line for path, tree in modules() for line in rule(path, tree)] == []


@pytest.mark.parametrize(
    ("rule", "code", "count"),
    [
        (ties, "rows.order_by('-started_at')", 1),
        (ties, "rows.order_by('-started_at', '-pk')", 0),
        (ties, "rows.order_by('group_id', 'position')", 0),
        (ties, "rows.order_by()", 0),
        (ties, "class Meta:\n ordering = ('-on', 'written_at')", 1),
        (ties, "class Meta:\n ordering = ('-on', 'pk')", 0),
        (days, "today = clock.now().date()", 1),
        (days, "today = clock.today(user.organisation.timezone)", 0),
    ],
)
def test_a_seeded_defect_is_noticed(rule: Rule, code: str, count: int) -> None:
    assert len(list(rule("src/tequio/people/queries/due.py", ast.parse(code)))) == count


def test_the_exceptions_name_only_what_is_there() -> None:
    assert [path for path in sorted(BY_THE_MONTH) if not (ROOT / path).exists()] == []
    assert [key for key in ONE_EACH if not (ROOT / key.partition(":")[0]).exists()] == []
