"""Whoever reads the log reads sentences."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tequio.audit.models import Event
from tequio.audit.presenters import LOUD, SENTENCES, sentence
from tequio.audit.topics import TOPICS

SRC = Path(__file__).resolve().parents[3] / "src" / "tequio"
_RECORDERS = {"record", "record_read"}


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [f"not a literal: {ast.unparse(node)}"]


def kinds_in(source: str) -> set[str]:
    """Return every kind of event that some code records."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        kind
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in _RECORDERS and call.args
        for kind in _literals(call.args[0])
    }


@cache
def _recorded() -> set[str]:
    own = SRC / "audit" / "record.py"
    found = {k for p in SRC.rglob("*.py") if p != own for k in kinds_in(p.read_text("utf-8"))}
    return found | {"export"}


def test_every_kind_that_the_code_records_has_its_sentence() -> None:
    assert _recorded() - set(SENTENCES) == set()


def test_no_sentence_stays_behind_for_a_kind_that_nobody_records() -> None:
    assert set(SENTENCES) - _recorded() == set()


def test_the_search_sees_a_kind_without_a_sentence() -> None:
    seeded = 'record(\n    "wizard.cast" if x else "wizard.fail", by=by)\nrecord_read(kind, by=by)'

    assert kinds_in(seeded) == {"wizard.cast", "wizard.fail", "not a literal: kind"}


def test_every_kind_belongs_to_exactly_one_topic() -> None:
    listed = sorted(kind for topic in TOPICS for kind in topic.kinds)

    assert listed == sorted(SENTENCES)


def test_what_is_to_be_looked_at_exists() -> None:
    assert set(SENTENCES) >= LOUD


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_a_sentence_is_written_even_when_its_detail_is_missing(kind: str) -> None:
    text = sentence(Event(kind=kind, subject_label="7K2M-9QXC", detail={}))

    assert text
    assert not re.search(r"%\(|\{", text)


def test_codes_of_the_detail_are_said_aloud() -> None:
    event = Event(kind="role.grant", subject_label="lalo@norte", detail={"role": "facilitator"})

    text = sentence(event, {"facilitator": "Facilitación"})
    assert text == "Dio a lalo@norte el rol «Facilitación»"


def test_a_kind_of_a_later_version_does_not_break_the_page() -> None:
    assert sentence(Event(kind="wizard.cast", detail={"x": 1}))
