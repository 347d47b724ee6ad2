"""What stands in the way of believing this, and what anybody needs to check it."""

from __future__ import annotations

from evidencia.report.blocks import Block, Items, Terms, Text
from evidencia.report.speech import Speech
from evidencia.results import Caution, Result


def limits(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return the warnings of the analysis, each with its place, and the fixed limits."""
    fixed = [speech.say("limits.counts", **speech.control)]
    if any(outcome.violence for outcome in result.outcomes):
        fixed.insert(0, speech.say("limits.reported"))
    if result.study.estimand.violence == "true":
        fixed.insert(0, speech.say("limits.true"))
    said = _warnings(result, speech)
    warnings: Block = Items(said) if said else Text(speech.say("limits.none"))
    return (Items(tuple(fixed)), warnings)


def _warnings(result: Result, speech: Speech) -> tuple[str, ...]:
    """Each sentence once per outcome and informant, with all the methods that it is about."""
    noted = (
        Caution(note, e.outcome, e.informant, e.method)
        for e in result.estimates
        for note in e.effect.notes
    )
    methods: dict[tuple[str | None, str | None, str], dict[str, None]] = {}
    for caution in (*result.warnings, *noted):
        key = (caution.outcome, caution.informant, speech.note(caution.note))
        known = methods.setdefault(key, {})
        if caution.method:
            known[speech.named("method", caution.method)] = None
    return tuple(
        _placed(
            [result.outcome(outcome).label if outcome else "", who or "", ", ".join(names)], text
        )
        for (outcome, who, text), names in methods.items()
    )


def _placed(place: list[str], text: str) -> str:
    where = " · ".join(part for part in place if part)
    return f"{where}: {text}" if where else text


def plan(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return the question with its attributes, the hashes, the seed and the versions."""
    study = result.study
    asked = study.estimand
    unsaid = speech.say("plan.unsaid")
    events = "; ".join(
        f"{e.event}: {speech.named('strategy', e.strategy)}" for e in asked.intercurrent_events
    )
    terms = (
        ("question", study.question),
        ("design", speech.named("designs", study.design)),
        ("population", asked.population),
        ("treatment", asked.treatment),
        ("variable", asked.variable),
        ("summary", asked.summary),
        ("events", events),
        ("plan_hash", result.plan_sha256),
        ("data_hash", result.data_sha256),
        ("seed", str(result.seed)),
        ("versions", ", ".join(f"{name} {version}" for name, version in result.versions)),
    )
    said = tuple((speech.say(f"plan.{name}"), value or unsaid) for name, value in terms)
    return (Text(speech.say("plan.lead")), Terms(said))
