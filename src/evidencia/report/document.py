"""The whole report as data, before it is a page or a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from evidencia.disclosure import PUBLIC, Policy
from evidencia.findings import find
from evidencia.report import sections
from evidencia.report.blocks import Block, Document, Section
from evidencia.report.speech import Speech
from evidencia.results import Result
from evidencia.words import Language

Make = Callable[[Result, Speech], tuple[Block, ...]]

_SECTIONS: Final[tuple[tuple[str, Make], ...]] = (
    ("forest", sections.forest),
    ("tipping", sections.tipping),
    ("course", sections.course),
    ("flow", sections.flow),
    ("leavers", sections.leavers),
    ("retention", sections.retention),
    ("baseline", sections.baseline),
    ("estimates", sections.estimates),
    ("agreement", sections.agreement),
    ("limits", sections.limits),
    ("rules", sections.rules),
    ("plan", sections.plan),
)
_WORDS: Final = (
    "kicker",
    "section.primary",
    "section.others",
    "strength.title",
    "strength.legend",
    "part.said",
    "part.must_not",
    "part.needed",
    "part.act",
    "mandatory",
    "contents",
    "page",
    "of",
)


def document(result: Result, language: Language = "es", policy: Policy = PUBLIC) -> Document:
    """Return the report of `result` as blocks.

    Parameters
    ----------
    result
        An evaluation; without findings, they are found here.
    language
        Of the report; names that the plan gives stay as they are.
    policy
        Disclosure control that every count passes through.
    """
    if not result.findings:
        result = replace(result, findings=find(result))
    speech = Speech(language, policy)
    cards = sections.cards(result, speech)
    made = [Section("findings", speech.say("section.findings"), cards)]
    for slug, make in _SECTIONS:
        blocks = make(result, speech)
        if blocks:
            made.append(Section(slug, speech.say(f"section.{slug}"), blocks))
    return Document(
        language=language,
        title=result.study.title,
        question=result.study.question,
        about=_about(result, speech),
        front=cards,
        sections=tuple(made),
        words={name.replace(".", "_"): speech.say(name) for name in _WORDS},
    )


def _about(result: Result, speech: Speech) -> str:
    study = result.study
    kind = "lottery" if study.randomised else "plain"
    if not study.shape.compares:
        kind = "single_arm"
    return speech.say(
        f"design.{kind}",
        design=speech.named("designs", study.design),
        n=speech.count(result.n_units),
        waves=max(1, len(result.waves)),
    )
