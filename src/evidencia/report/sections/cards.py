"""Findings as cards: the headline, what is always read with it, and what must not be said."""

from __future__ import annotations

from evidencia.findings import Strength
from evidencia.report.blocks import Card
from evidencia.report.speech import Speech
from evidencia.results import Finding, Result
from evidencia.words.badges import FIRM, MANDATORY, badge


def cards(result: Result, speech: Speech) -> tuple[Card, ...]:
    """Return one card per finding, in their order."""
    return tuple(_card(result, found, speech) for found in result.findings)


def _card(result: Result, found: Finding, speech: Speech) -> Card:
    headline, *more = found.may_say
    mandatory = [note for note in more if note.code in MANDATORY]
    codes = [note.code for note in mandatory]
    look, word = badge(found.code, found.verdict, found.strength, codes)
    return Card(
        verdict=look,
        verdict_word=speech.say(f"verdict.{word}"),
        tone="firm" if word in FIRM else "maybe",
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


def _primary(result: Result, found: Finding) -> bool:
    if found.outcome is None:
        return False
    outcome = result.outcome(found.outcome)
    same = outcome.informant is None or found.informant == outcome.informant
    return outcome.primary and same
