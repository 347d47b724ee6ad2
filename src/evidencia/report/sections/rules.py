"""The rules of strength, as they are applied: to argue about a grade is to argue about a row."""

from __future__ import annotations

from evidencia.findings import DESIGNS, RULES, Rule, Strength
from evidencia.report.blocks import Block, Column, Table, Text
from evidencia.report.speech import Speech
from evidencia.results import Result


def rules(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return where each design starts, and what lowers it, with the sources."""
    return (Text(speech.say("strength.legend")), _starts(speech), _steps(speech))


def _starts(speech: Speech) -> Table:
    columns = tuple(
        Column(speech.say(f"column.{name}"))
        for name in ("design", "lottery", "otherwise", "source")
    )
    rows = tuple(
        (
            speech.named("designs", slug),
            _strength(start.lottery, speech),
            _strength(start.otherwise, speech),
            start.source,
        )
        for slug, start in DESIGNS.items()
    )
    return Table(speech.say("caption.starts"), columns, rows)


def _strength(strength: Strength, speech: Speech) -> str:
    return speech.say(f"strength.{strength.slug}")


def _steps(speech: Speech) -> Table:
    columns = tuple(Column(speech.say(f"column.{name}")) for name in ("rule", "steps", "source"))
    rows = tuple(
        (speech.named("rule", rule.code), speech.say(f"steps.{_size(rule)}"), _source(rule, speech))
        for rule in RULES
    )
    return Table(speech.say("caption.rules"), columns, rows)


def _size(rule: Rule) -> str:
    return {0: "start", 1: "one"}.get(rule.steps, "all")


def _source(rule: Rule, speech: Speech) -> str:
    return speech.say("rules.ours") if rule.source == "ours" else rule.source
