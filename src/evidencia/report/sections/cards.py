"""Findings as cards: the headline, what is always read with it, and what must not be said."""

from __future__ import annotations

from typing import Final

from evidencia.findings import MANDATORY, Strength
from evidencia.report.blocks import Card
from evidencia.report.speech import Speech
from evidencia.results import Finding, Result

_JOINED: Final = "findings.violence.any"
_SURE: Final = {"strong": "", "moderate": "probable_", "weak": "maybe_", "very_weak": "maybe_"}
_FIRM: Final = frozenset({"benefit", "harm", "probable_benefit", "probable_harm"})


def cards(result: Result, speech: Speech) -> tuple[Card, ...]:
    """Return one card per finding, in their order."""
    return tuple(_card(result, found, speech) for found in result.findings)


def _card(result: Result, found: Finding, speech: Speech) -> Card:
    headline, *more = found.may_say
    mandatory = [note for note in more if note.code in MANDATORY]
    partly = any(note.code != _JOINED for note in mandatory)
    look, word = _badge(found, partly=partly)
    return Card(
        verdict=look,
        verdict_word=speech.say(f"verdict.{word}"),
        tone="firm" if word in _FIRM else "maybe",
        strength=Strength[found.strength.upper()].value,
        strength_word=speech.say(f"strength.{found.strength}"),
        headline=speech.note(headline),
        mandatory=tuple(speech.note(note) for note in mandatory),
        said=tuple(speech.note(note) for note in more if note not in mandatory),
        must_not=tuple(speech.note(note) for note in found.must_not_say),
        because=tuple(speech.note(note) for note in found.reasons),
        needed=tuple(speech.note(note) for note in found.to_know_more),
        primary=_primary(result, found),
        why=speech.say("part.why" if found.verdict == "refused" else "part.because"),
    )


def _badge(found: Finding, *, partly: bool) -> tuple[str, str]:
    """How it looks and what its badge says, which is never more than the headline."""
    verdict = found.verdict
    if found.code.startswith("findings.change.worse"):
        return "harm", "sign_of_harm"
    if found.code == "findings.change.unclear":
        return "unknown", "unknown"
    sure = _SURE.get(found.strength, "")
    if verdict in ("benefit", "small_benefit") and partly and sure != "maybe_":
        return verdict, "one_type"
    return verdict, f"{sure}{verdict}" if verdict in ("benefit", "harm") else verdict


def _primary(result: Result, found: Finding) -> bool:
    if found.outcome is None:
        return False
    outcome = result.outcome(found.outcome)
    same = outcome.informant is None or found.informant == outcome.informant
    return outcome.primary and same
