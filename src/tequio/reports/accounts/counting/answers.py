"""What men answered of themselves, by type of violence and moment; and who did not answer.

It is read in order to be counted: one man's answers stand nowhere. It is one informant, and is
never put together with what women tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidencia.words import Note
from tequio.circles.retention.figures import language
from tequio.instruments import definitions
from tequio.instruments.rules.scoring import score
from tequio.people import sealed_answers
from tequio.people.models import Assessment
from tequio.people.rules import evaluation_file
from tequio.reports.accounts.blocks import HIDDEN, Block, Box, Table
from tequio.reports.accounts.counting.men import Way, agreed
from tequio.reports.accounts.counting.scope import Scope, of_people, people, share

WAVES: Final = evaluation_file.WAVES
_KINDS: Final = (
    ("psychological", gettext_lazy("Psicológica")),
    ("control", gettext_lazy("Control")),
    ("digital", gettext_lazy("Digital")),
    ("economic", gettext_lazy("Económica y patrimonial")),
    ("physical", gettext_lazy("Física")),
    ("sexual", gettext_lazy("Sexual")),
    ("vicarious", gettext_lazy("A través de otras personas")),
)
# By type, moment and man: whether he tells of any. What cannot be known is left out.
Told = Mapping[str, Mapping[str, Mapping[UUID, bool]]]


def behaviours(scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return who tells of any, by type and moment, and who tells of it among the same men."""
    men = {way.participant_id for way in ways}
    told = told_of(scope, agreed(men))
    table = Table(
        name=_("Conductas"),
        caption=_("Hombres que cuentan haber usado cada tipo de violencia en los últimos 3 meses"),
        columns=(_("Tipo"), *WAVES),
        rows=tuple(
            (str(label), *(_cell(told[kind][wave]) for wave in WAVES)) for kind, label in _KINDS
        ),
        of=of_people(len(men), _("Hombres cuyo camino empezó en el periodo: %(n)s."))
        + " "
        + _("Cada casilla dice qué parte de cuántos que contestaron."),
        missing=_("Quién no contestó, por momento, está en su propia tabla."),
        caution=_(
            "Es lo que cuenta quien pudo haberla usado, que suele contar de menos; y en cada "
            "momento contestan otros. Si sube, puede ser que reconozcan más. No dice cómo están "
            "ellas."
        ),
    )
    return [table, *_same_men(told)]


def _cell(said: Mapping[UUID, bool]) -> str:
    n = len(said)
    found = share(sum(said.values()), n)
    return _("%(share)s de %(n)s") % {"share": found, "n": people(n)} if found != HIDDEN else HIDDEN


def _same_men(told: Told) -> list[Block]:
    """Return before and after among those who answered both, and the sentence that goes with it."""
    first, last = WAVES[0], WAVES[3]
    rows, fell = [], {}
    for kind, label in _KINDS:
        both = told[kind][first].keys() & told[kind][last].keys()
        before = sum(told[kind][first][man] for man in both)
        after = sum(told[kind][last][man] for man in both)
        shown = share(before, len(both)), share(after, len(both))
        rows.append((str(label), people(len(both)), *shown))
        if HIDDEN not in shown:
            fell[kind] = after < before
    table = Table(
        name=_("Los mismos hombres"),
        caption=_("Los mismos hombres, antes de empezar y al terminar o irse"),
        columns=(_("Tipo"), _("Contestaron los dos"), first, last),
        rows=tuple(rows),
        of=_("Solo quienes contestaron en %(first)s y en %(last)s.")
        % {"first": first, "last": last},
        missing=_("Faltan todos los que no contestaron una de las dos veces: suelen ser otros."),
        caution=_(
            "No hay con quién comparar: una baja así se ve también sin programa. No prueba nada."
        ),
    )
    return [table, *mandatory(fell)]


def mandatory(fell: Mapping[str, bool]) -> list[Block]:
    """Return the sentence that must stand beside physical violence that fell, where it did."""
    if not fell.get("physical"):
        return []
    if "control" not in fell:
        code = "findings.violence.control_unknown"
    elif fell["control"]:
        return []
    else:
        code = "findings.violence.physical_without_control"
    return [Box(_("Se lee junto con lo anterior"), Note.of(code).text(language()))]


def told_of(scope: Scope, willing: frozenset[UUID]) -> Told:
    """Open the answers of those who agreed, and keep of each only whether there was any."""
    found: dict[str, dict[str, dict[UUID, bool]]] = {
        kind: {wave: {} for wave in WAVES} for kind, _label in _KINDS
    }
    rows = Assessment.objects.filter(
        organisation=scope.organisation_id,
        participant__in=list(willing),
        instrument=evaluation_file.INSTRUMENT,
        wave__in=WAVES,
        state=Assessment.State.DONE,
        finished_at__lt=scope.after,
    )
    for row in rows.defer("draft").order_by("finished_at", "pk"):
        for kind, value in _scored(row):
            found[kind][row.wave][row.participant_id] = value
    return found


def _scored(row: Assessment) -> Iterator[tuple[str, bool]]:
    known = definitions.find(row.instrument, row.version)
    if known is None:
        return
    whole, answers = known.instrument, sealed_answers.answers_of(row)
    for kind, _label in _KINDS:
        value = score(whole, whole.the_scale(f"{kind}_any"), answers).value
        if value is not None:
            yield kind, bool(value)


def missing(scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return how many answered at each moment, of those who had a seat."""
    men = {way.participant_id for way in ways if way.had_a_seat}
    willing = agreed(men)
    answered: dict[str, set[UUID]] = defaultdict(set)
    rows = Assessment.objects.filter(
        organisation=scope.organisation_id,
        participant__in=list(men),
        wave__in=WAVES,
        state=Assessment.State.DONE,
        finished_at__lt=scope.after,
    )
    for wave, man in rows.values_list("wave", "participant_id"):
        answered[wave].add(man)
    whole = len(men)
    return [
        Table(
            name=_("Quién contestó"),
            caption=_("Hombres que contestaron algún cuestionario, por momento"),
            columns=(_("Momento"), _("Contestaron"), _("Parte")),
            rows=tuple(
                (
                    wave,
                    people(len(answered[wave])),
                    share(len(answered[wave]), whole),
                )
                for wave in WAVES
            ),
            of=of_people(whole, _("Hombres que tuvieron lugar en un grupo: %(n)s.")),
            missing=of_people(
                whole - len(willing),
                _("No aceptaron que sus respuestas se usen: %(n)s. No entran en ninguna tabla."),
            )
            if whole > len(willing)
            else _("Todos aceptaron que sus respuestas se usen."),
            caution=_(
                "A quienes empezaron tarde en el periodo todavía no les tocan los últimos momentos."
            ),
        )
    ]
