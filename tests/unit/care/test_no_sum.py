"""Nobody's level is computed: answers are words, and nothing in this room adds them up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tequio.care import forms, questions
from tequio.care.models import Level

ROOM = Path(forms.__file__).parent
# Calls by which answers would become a number, or a number a level.
_COUNTS = {"sum", "Sum", "Avg", "Counter", "mean", "fsum", "reduce", "max", "min", "bisect"}
_SCORED = {"score", "scores", "points", "weight", "weights", "cutoff", "threshold", "total"}
# The order of a list on a page: which review is shown first, and nothing about a man.
_ALLOWED = {
    "queries/offered.py": {"weight"},
    # How many talks were planned, and a day that is not yet past: neither is about an answer.
    "actions/talks.py": {"sum", "max"},
}


def sums(path: str, tree: ast.Module) -> Iterator[str]:
    """Find what looks like a score: a sum, a number per answer, or a level out of a comparison."""
    allowed = _ALLOWED.get(path, set())
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")[-1]
            name = name if name in _COUNTS - allowed else ""
        elif isinstance(node, ast.Name | ast.arg):
            name = node.id if isinstance(node, ast.Name) else node.arg
            name = name if name in _SCORED - allowed else ""
        elif isinstance(node, ast.AugAssign) and isinstance(node.value, ast.Constant):
            name = "+=" if isinstance(node.value.value, int | float) else ""
        elif isinstance(node, ast.Return) and node.value is not None:
            name = _returned_level(node.value)
        if name:
            yield f"{path}:{getattr(node, 'lineno', 0)}: {name}"


def _returned_level(value: ast.expr) -> str:
    """A function that returns one level or another has judged in a person's place."""
    if not isinstance(value, ast.IfExp | ast.Constant | ast.Attribute):
        return ""
    words = {f"Level.{level.name}" for level in Level} | {repr(level.value) for level in Level}
    found = [ast.unparse(node) for node in ast.walk(value) if ast.unparse(node) in words]
    return f"returns {found[0]}" if found else ""


def in_the_room() -> Iterator[str]:
    for path in sorted(ROOM.rglob("*.py")):
        if "migrations" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from sums(path.relative_to(ROOM).as_posix(), tree)


def test_nothing_in_this_room_adds_answers_up() -> None:
    assert list(in_the_room()) == []


@pytest.mark.parametrize(
    "seeded",
    [
        "def level_of(answers):\n    return sum(code == 'month' for code in answers.values())",
        "def judge(answers, weights):\n    return [weights[a] for a in answers]",
        "def level(found):\n    n = 0\n    for _ in found:\n        n += 1\n    return n",
        "def level(n):\n    return Level.HIGH if n > 3 else Level.LOW",
        "def level(answers):\n    if answers['strangulation'] != 'never':\n        return 'high'",
        "def level(answers):\n    return Counter(answers.values())['month']",
    ],
)
def test_a_seeded_sum_of_items_is_found(seeded: str) -> None:
    assert list(sums("rules.py", ast.parse(seeded)))


def test_no_answer_is_a_number() -> None:
    choices = [q.choices for step in questions.STEPS for q in step.questions]
    lists = [*choices, questions.LAST, questions.REASONS, questions.MEASURES, questions.TRACKS]
    codes = [code for one in lists for code, _label in one]
    assert len(codes) > 60
    assert all(isinstance(code, str) and code.replace("_", "").isalpha() for code in codes)


def test_no_level_is_chosen_before_somebody_judges() -> None:
    form = forms.JudgeForm()
    assert form["level"].initial is None
    assert "checked" not in str(form["level"])


def test_every_question_about_danger_may_be_left_to_him() -> None:
    for step in (questions.WHAT, questions.DANGER, questions.BETWEEN, questions.HEALTH):
        for question in step.questions:
            assert questions.NOT_SAID in dict(question.choices), question.code
