"""Violence by type, and what may never be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evidencia.findings.questions import Question
from evidencia.findings.verdicts import BETTER
from evidencia.results import Finding, Result
from evidencia.words import Note

Pair = tuple[Question, Finding]

ASKED: Final = ("physical", "psychological", "control", "sexual", "economic")
_PHYSICAL: Final = "physical"
_CONTROL: Final = "control"


def with_control(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Put the mandatory sentence into every finding of physical violence that fell.

    It stands second, right after the headline, so that nobody can quote one without the other.
    """
    return tuple((asked, _told(asked, found, pairs)) for asked, found in pairs)


def _told(asked: Question, found: Finding, pairs: Sequence[Pair]) -> Finding:
    if asked.outcome.violence == "any":
        # Where nothing is known to have changed, there is nothing to mistake for one type.
        said = () if found.verdict == "unknown" else (Note.of("findings.violence.any"),)
        return _insert(found, *said, to_know_more=(Note.of("findings.needed.types"),))
    if asked.outcome.violence != _PHYSICAL or not _better(asked, found):
        return found
    sentence = _sentence(asked, pairs)
    if sentence is None:
        return found
    more = (Note.of("findings.needed.control"),) if "not_measured" in sentence else ()
    fell = (Note.of("findings.not.violence_fell"),)
    return _insert(found, Note.of(sentence), must_not_say=fell, to_know_more=more)


def _insert(
    found: Finding,
    *said: Note,
    must_not_say: tuple[Note, ...] = (),
    to_know_more: tuple[Note, ...] = (),
) -> Finding:
    headline, *rest = found.may_say
    return replace(
        found,
        may_say=(headline, *said, *rest),
        must_not_say=must_not_say + found.must_not_say,
        to_know_more=to_know_more + found.to_know_more,
    )


def _better(asked: Question, found: Finding) -> bool:
    """Whether it fell: in a comparison by its verdict, without one by its interval."""
    if found.verdict == "change":
        return asked.reading.verdict in BETTER
    return found.verdict in {verdict.value for verdict in BETTER}


def _sentence(asked: Question, pairs: Sequence[Pair]) -> str | None:
    beside = [
        (other, found)
        for other, found in pairs
        if other.outcome.violence == _CONTROL
        and other.estimate.informant == asked.estimate.informant
        and (found.verdict == "change" or other.estimate.contrast == asked.estimate.contrast)
    ]
    if not beside:
        return "findings.violence.control_not_measured"
    if all(_better(other, found) for other, found in beside):
        return None
    # "Unknown" is not "did not fall": each has its own sentence.
    if any(not other.reading.spans and not _better(other, found) for other, found in beside):
        return "findings.violence.physical_without_control"
    return "findings.violence.control_unknown"


def not_measured(result: Result) -> Finding | None:
    """Say which types nobody asked about; None where the study is not about violence."""
    types = {outcome.violence for outcome in result.outcomes} - {None}
    if not types:
        return None
    silent = [kind for kind in ASKED if kind not in types]
    if "patrimonial" in types and "economic" in silent:
        silent.remove("economic")
    if not silent:
        return None
    code = "findings.types_not_measured"
    return Finding(
        code=code,
        outcome=None,
        informant=None,
        wave=None,
        verdict="refused",
        strength="none",
        may_say=(Note.of(code), *(Note.of(f"findings.type.{kind}") for kind in silent)),
        must_not_say=(Note.of("findings.not.silence"),),
        to_know_more=(Note.of("findings.needed.types"),),
    )
