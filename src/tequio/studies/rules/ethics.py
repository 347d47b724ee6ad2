"""What no plan may do, whoever asks for it, and the sentences that each plan carries with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.studies.questions import MOST_PRIMARIES, Question
from tequio.studies.rules.choices import Choices
from tequio.studies.rules.designs import DESIGNS, Design

HIS_WORDS: Final = gettext_lazy("Lo que él cuenta nunca prueba que ella esté segura.")
HER_SUPPORT: Final = gettext_lazy(
    "El apoyo a las mujeres nunca entra en una comparación: ninguna espera ni recibe menos."
)
NO_WAIT: Final = gettext_lazy(
    "Quien está en riesgo alto o viene por orden de una autoridad nunca espera: no entra al "
    "sorteo y empieza de inmediato."
)
ONE_EDITION: Final = gettext_lazy("Nadie espera más de lo que dura una edición.")
NO_LESS: Final = gettext_lazy("Nadie recibe menos de lo que ya se hace.")
NOT_POOLED: Final = gettext_lazy(
    "Lo que cuentan unos y otras se lee lado a lado y nunca se junta en una cifra."
)


def promises(question: Question, design: Design) -> list[str | Promise]:
    """Return the sentences that the plan carries; without them it is not frozen."""
    said: list[str | Promise] = [HIS_WORDS] if question.informant == "men" else []
    said.append(HER_SUPPORT)
    if design.slug in ("lottery", "wedge"):
        said.append(NO_WAIT)
    if design.slug == "lottery":
        said.append(ONE_EDITION)
    if design.slug in ("calls", "wedge"):
        said.append(NO_LESS)
    return [*said, NOT_POOLED]


def problems(question: Question, choices: Choices) -> list[str]:
    """Return why this may not be a plan, in sentences; nothing where it may."""
    design = DESIGNS.get(choices.design)
    if design is None or design.slug not in question.designs:
        return [_("Este diseño no es para esta pregunta. Elige otro de la lista.")]
    said = list(_of_measures(question, choices))
    if question.informant == "women" and (design.compares or choices.of):
        said.append(str(HER_SUPPORT))
    if question.informant == "women" and choices.editions:
        said.append(_("Un estudio de mujeres es de todas: no se recorta por edición."))
    if question.informant == "women" and choices.every != "year":
        said.append(_("Lo que cuentan las mujeres se publica, cuando mucho, una vez al año."))
    if design.slug == "lottery" and choices.wave == "T4":
        said.append(
            _(
                "Con lista de espera la última respuesta es al terminar el programa: seis meses "
                "después ya empezaron todos y no queda con quién comparar."
            )
        )
    return said


def _of_measures(question: Question, choices: Choices) -> Sequence[str]:
    known = {one.key for one in question.candidates}
    said = []
    if not 1 <= len(choices.primary) <= MOST_PRIMARIES:
        said.append(_("Las medidas principales son de una a tres, y se eligen antes de ver nada."))
    if set(choices.measures) - known or len(set(choices.measures)) != len(choices.measures):
        said.append(_("Hay una medida que esta pregunta no tiene, o que está dos veces."))
    if choices.wave not in question.waves:
        said.append(_("Esta pregunta no se contesta en ese momento. Elige otro."))
    return said
