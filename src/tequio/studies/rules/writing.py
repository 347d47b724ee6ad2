"""From choices to a plan: the file that `./tequio evaluate` takes, and where its data come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.studies import recipe as recipes
from tequio.studies.questions import Candidate, Question
from tequio.studies.recipe import Arm, Calendar, Population, Recipe
from tequio.studies.rules.choices import Choices
from tequio.studies.rules.designs import DESIGNS, Design
from tequio.studies.rules.ethics import promises

Toml = str | bool | float | Sequence[str]
RECIPE: Final = "# receta "
_WAVES: Final = ("T0", "T1", "T2", "T3", "T4")
# What the rounds of a neighbourhood are called before there is any: the first year, then the next.
_YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a plan: whose it is, which one, since when, and why it was changed."""

    title: str
    number: int
    frozen_at: datetime
    reason: str = ""
    before: str = ""


def recipe(question: Question, choices: Choices) -> Recipe:
    """Return where the data come from.

    Raises
    ------
    ValueError
        If a step of the assistant was not answered.
    """
    if choices.first is None or choices.last is None or choices.released is None:
        raise ValueError("The dates of a study come before its plan.")
    design, informant = DESIGNS[choices.design], question.informant
    return Recipe(
        source=informant,
        population=Population(
            tuple(UUID(one) for one in choices.editions), choices.first, choices.last
        ),
        outcomes=tuple(
            recipes.Outcome(one.instrument, one.measure, one.column)
            for one in measures(question, choices)
        ),
        waves=waves(question, choices),
        arm=_arm(design, choices),
        covariates=_covariates(design, choices),
        calendar=Calendar(choices.every, choices.released),
    )


def _arm(design: Design, choices: Choices) -> Arm | None:
    if design.needs == "sites":
        return Arm("sites")
    if design.needs == "comparison":
        return Arm("comparison", UUID(choices.of))
    return Arm("lottery", UUID(choices.of)) if design.needs == "lottery" else None


def measures(question: Question, choices: Choices) -> list[Candidate]:
    """Return what is measured, what counts most first."""
    return [one for key in choices.measures if (one := question.candidate(key)) is not None]


def waves(question: Question, choices: Choices) -> tuple[str, ...]:
    """Return the moments from the first to the last that counts."""
    if question.informant == "community":
        year = choices.first.year if choices.first else 0
        return tuple(str(year + n) for n in range(_YEARS))
    if not _asks(question, choices):
        return (choices.wave,)
    return _WAVES[: _WAVES.index(choices.wave) + 1]


def text(question: Question, choices: Choices, heading: Heading) -> str:
    """Return the whole file. The recipe stands in it, so that one hash holds both."""
    design = DESIGNS[choices.design]
    lines = [*_top(question, design, heading), "", *_tables(question, choices, design, heading)]
    kept = json.dumps(recipe(question, choices).as_json(), ensure_ascii=False, sort_keys=True)
    return "\n".join([*lines, "", f"{RECIPE}{kept}", ""])


def fingerprint(whole: str) -> str:
    """Return what `sha256sum` says of the file."""
    return hashlib.sha256(whole.encode()).hexdigest()


def recipe_in(whole: str) -> Any:
    """Return the recipe that stands in a file."""
    line = next(one for one in whole.splitlines() if one.startswith(RECIPE))
    return json.loads(line[len(RECIPE) :])


def _top(question: Question, design: Design, heading: Heading) -> Iterator[str]:
    at = heading.frozen_at.isoformat(timespec="seconds")
    if heading.number == 1:
        yield "# " + _("Plan congelado el %(at)s, antes de ver los resultados.") % {"at": at}
    else:
        yield "# " + _("Enmienda %(n)s, congelada el %(at)s.") % {"n": heading.number - 1, "at": at}
        yield "# " + _("Por qué: %(why)s") % {"why": " ".join(heading.reason.split())}
        yield "# " + _("Huella del plan anterior: %(sha256)s") % {"sha256": heading.before}
    yield f"# {question.slug} {question.version} · {design.slug}"
    yield "#"
    for promise in promises(question, design):
        yield f"# {promise}"
    yield "# " + _("Lo que este estudio no podrá decir:")
    yield f"# - {design.not_says}"
    for never in question.never:
        yield f"# - {never.now()}"


def _tables(
    question: Question, choices: Choices, design: Design, heading: Heading
) -> Iterator[str]:
    words = question.words.now()
    language = "en" if (get_language() or "").startswith("en") else "es"
    yield from _table(
        "[study]",
        {
            "title": heading.title,
            "question": words,
            "design": design.shape,
            "language": language,
            "randomised": design.randomised,
        },
    )
    yield from _table("[estimand]", _estimand(question, design))
    for event in question.estimand.events:
        said = {"event": event.event.now(), "strategy": event.strategy}
        yield from _table("[[estimand.intercurrent]]", said)
    yield from _table("[data]", _data(question, choices, design))
    for one in measures(question, choices):
        teller = recipes.INFORMANTS[question.informant] if one.whole else ""
        primary = one.key in choices.primary
        yield from _table("[[outcome]]", _outcome(one, primary=primary, teller=teller))
    yield from _table("[missing]", {"seed": 1})
    yield from _table("[inference]", {"level": 0.95, "multiplicity": "holm"})


def _estimand(question: Question, design: Design) -> dict[str, Toml]:
    asked = question.estimand
    # What stands here is printed with every report, so the sentence is never far from the number.
    spoken = promises(question, design)[0]
    return {
        "population": asked.population.now(),
        "treatment": asked.treatment.now(),
        "variable": f"{asked.variable.now()}. {spoken}",
        "summary": asked.summary.now(),
        "violence": asked.violence,
    }


def _data(question: Question, choices: Choices, design: Design) -> dict[str, Toml]:
    said: dict[str, Toml] = {"unit": recipes.UNIT, "wave": recipes.WAVE}
    if question.informant == "community":
        del said["unit"]
    said["waves"] = waves(question, choices)
    if design.arms:
        said |= {"arm": recipes.ARM, "arms": design.arms, "control": design.arms[1]}
    if design.needs == "sites":
        said |= {"cluster": recipes.SITE, "dose": recipes.EXPOSED}
    elif design.shape == "single_arm" and question.informant == "men":
        # Men of one circle change together: the error of a change is counted by circles.
        said["cluster"] = recipes.GROUP
    if _asks(question, choices):
        said["informant"] = recipes.INFORMANT
    if covariates := _covariates(design, choices):
        said["covariates"] = covariates
    return said


def _covariates(design: Design, choices: Choices) -> tuple[str, ...]:
    """Return what is taken into account; sites that are drawn are no covariate besides."""
    apart = (recipes.SITE,) if design.needs == "sites" else ()
    return tuple(one for one in choices.covariates if one not in apart)


def _asks(question: Question, choices: Choices) -> bool:
    """Whether anybody is asked, so that somebody tells."""
    return any(one.whole is not None for one in measures(question, choices))


def _outcome(one: Candidate, *, primary: bool, teller: str) -> dict[str, Toml]:
    said: dict[str, Toml] = {
        "name": one.column,
        "label": one.label,
        "kind": one.kind,
        "direction": one.direction,
        "primary": primary,
    }
    if one.is_time:
        said["event"] = recipes.event_of(one.column)
    if teller:
        said["informant"] = teller
    if one.violence:
        said["violence"] = one.violence
    if one.smallest is not None:
        said["smallest"] = one.smallest
    return said


def _table(header: str, values: Mapping[str, Toml]) -> Iterator[str]:
    yield header
    for name, value in values.items():
        kept = list(value) if isinstance(value, tuple) else value
        # What JSON writes of a text, a number or a list, TOML reads as the same.
        yield f"{name} = {json.dumps(kept, ensure_ascii=False)}"
    yield ""
