"""What may be said of change: the sentences of releases, each with whose words they are.

Nothing is worked out here. Where there is no release of what women tell, the block says so and
stays empty: nothing of the men's takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from tequio.reports.accounts.blocks import Block, Box, Items, Said, Text
from tequio.reports.accounts.sources import COMMUNITY, MEN, WOMEN, Release, Sentence
from tequio.ui.templatetags.ui import day

# Which of her questionnaires each standard table reads. None asks for the police yet.
_HERS: Final[dict[str, tuple[str, ...]]] = {
    "partner": ("impacto-ella",),
    "children": ("impacto-hijas",),
    "police": (),
    "safety": ("espacio-ella", "control-ella"),
}
_ON_A_WALL: Final = 2


def releases(found: Sequence[Release]) -> list[Block]:
    """Return every release with its findings; a null result is printed like any other."""
    if not found:
        return [
            Box(
                _("Todavía no se sabe"),
                _(
                    "No hay ninguna publicación con datos hasta el último día de este periodo. No "
                    "saber es un resultado: ningún otro número de este informe dice si algo cambió."
                ),
            )
        ]
    return [block for one in found for block in _release(one)]


def in_short(found: Sequence[Release]) -> list[Block]:
    """Return for a wall the first finding of each of the newest releases; what women tell first."""
    if not found:
        return releases(found)
    return [block for one in found[:_ON_A_WALL] for block in _release(one, most=1)]


def _release(one: Release, *, most: int | None = None) -> Iterable[Block]:
    yield Text(
        _("%(title)s. %(who)s. Datos de %(period)s; publicado el %(day)s.")
        % {
            "title": one.title,
            "who": informant(one.informant),
            "period": one.period,
            "day": day(one.published_on),
        }
    )
    if not one.enough:
        yield Box(
            _("No alcanza"),
            _("No contestaron suficientes personas para decir algo sin que alguien se reconozca."),
        )
        return
    yield from (_said(sentence, one) for sentence in one.findings[:most])
    if one.notes and most is None:
        yield Items(_("Se lee junto a todo lo anterior"), one.notes)


def _said(sentence: Sentence, one: Release) -> Said:
    return Said(
        headline=sentence.headline,
        mandatory=sentence.mandatory,
        said=sentence.said,
        must_not=sentence.must_not or (_("Que esto prueba cómo está cada persona."),),
        strength=sentence.strength,
        informant=informant(one.informant),
    )


def informant(code: str) -> str:
    """Return whose words they are, in every place where they are read."""
    words = {
        MEN: _("Lo que cuentan los hombres de sí mismos"),
        WOMEN: _("Lo que cuentan ellas"),
        COMMUNITY: _("Lo que contesta la comunidad"),
    }
    return words[code]


def hers(found: Sequence[Release], about: str) -> list[Block]:
    """Return what women tell of one subject, from releases of theirs and from nothing else."""
    blocks: list[Block] = [
        _said(sentence, one)
        for one in found
        if one.informant == WOMEN and one.enough
        for sentence in one.findings
        if sentence.measure in _HERS[about]
    ]
    return blocks or [_nothing_of_hers(about)]


def _nothing_of_hers(about: str) -> Box:
    if not _HERS[about]:
        return Box(
            _("No se pregunta"),
            _(
                "Ningún cuestionario pregunta por llamadas a la policía ni por denuncias, y de "
                "este lado no se guarda si las hubo. Este cuadro se queda vacío."
            ),
        )
    return Box(
        _("Todavía no se sabe"),
        _(
            "No hay una publicación de lo que ellas cuentan de esto. Este cuadro se queda vacío: "
            "no se llena con lo que dicen los hombres."
        ),
    )


def pairs(found: Sequence[Release]) -> list[Block]:
    """Return two informants one after the other, where both were published; never added up."""
    told = {
        who: [one for one in found if one.informant == who and one.enough] for who in (MEN, WOMEN)
    }
    if not all(told.values()):
        return [
            Box(
                _("Todavía no se sabe"),
                _(
                    "Hacen falta una publicación de lo que cuentan ellos y otra de lo que cuentan "
                    "ellas. Las dos palabras se leen una junto a otra: no se suman ni se promedian."
                ),
            )
        ]
    both = [*told[MEN], *told[WOMEN]]
    return [
        Text(
            _(
                "Las dos palabras, una junto a otra. Si no dicen lo mismo, ninguna corrige a la "
                "otra: que él reconozca más no quiere decir que ella viva más violencia, ni al "
                "revés."
            )
        ),
        *(_said(sentence, one) for one in both for sentence in one.findings),
    ]


def plan(found: Sequence[Release]) -> list[Block]:
    """Return the plan of each study shown here, with every amendment."""
    blocks: list[Block] = []
    for one in found:
        lines = tuple(
            _("Plan congelado el %(day)s (huella %(sha)s).")
            % {"day": day(line.on), "sha": line.sha256[:12]}
            if not line.reason
            else _("Enmienda del %(day)s (huella %(sha)s): %(why)s")
            % {"day": day(line.on), "sha": line.sha256[:12], "why": line.reason}
            for line in one.plan
        )
        if lines:
            blocks.append(Items(one.title, lines))
    return blocks or [
        Text(
            _(
                "Este informe no muestra ninguna publicación, y por eso no hay un plan congelado "
                "que enseñar."
            )
        )
    ]
