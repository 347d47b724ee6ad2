"""Two informants on the same thing: side by side, and never one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencia.findings.questions import Question
from evidencia.findings.tellers import teller
from evidencia.findings.verdicts import BETTER, Verdict
from evidencia.findings.violence import Pair
from evidencia.results import Finding
from evidencia.words import Note


def beside_each_other(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Say in each finding what the other informant's answer leads to."""
    return tuple((asked, _with_others(asked, found, pairs)) for asked, found in pairs)


def _with_others(asked: Question, found: Finding, pairs: Sequence[Pair]) -> Finding:
    others = [other for other, _ in pairs if _same_thing(asked, other)]
    if not others:
        return found
    notes = tuple(note for other in others for note in _compared(asked, other))
    return replace(
        found,
        may_say=(*found.may_say, *notes),
        must_not_say=(*found.must_not_say, Note.of("findings.not.pool")),
    )


def _same_thing(one: Question, other: Question) -> bool:
    """The same outcome, or the same type of violence, told by somebody else."""
    told = one.estimate.informant, other.estimate.informant
    if None in told or told[0] == told[1] or one.estimate.contrast != other.estimate.contrast:
        return False
    kind = one.outcome.violence
    return one.outcome.name == other.outcome.name or (
        kind is not None and kind == other.outcome.violence
    )


def _compared(one: Question, other: Question) -> tuple[Note, ...]:
    names = {
        "first": str(one.estimate.informant),
        "second": str(other.estimate.informant),
        "label": one.outcome.label,
    }
    if _side(one) == _side(other):
        return (Note.of("findings.informants.agree", **names),)
    differ = Note.of("findings.informants.differ", **names)
    whose = {teller(q.estimate.informant): q for q in (one, other)}
    his, hers = whose.get("his"), whose.get("hers")
    if one.outcome.violence is None or his is None or hers is None:
        return (differ,)
    if _side(his) < 0 < _side(hers):
        return (differ, Note.of("findings.informants.awareness"))
    if _side(hers) <= 0 < _side(his):
        return (differ, Note.of("findings.informants.only_his"))
    return (differ,)


def _side(asked: Question) -> int:
    if asked.reading.verdict in BETTER:
        return 1
    return -1 if asked.reading.verdict is Verdict.HARM else 0
