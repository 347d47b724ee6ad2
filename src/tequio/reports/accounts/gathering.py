"""What other rooms have ready for a period: releases that were published, and costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from evidencia import publishing
from tequio.access.models import User
from tequio.core.money import written
from tequio.costs import queries as costs
from tequio.costs.queries import CostSummary, Per
from tequio.reports.accounts.content import Sources
from tequio.reports.accounts.counting.scope import Scope, people
from tequio.reports.accounts.sources import (
    COMMUNITY,
    WOMEN,
    PlanLine,
    Release,
    Sentence,
    Spent,
)
from tequio.studies.queries import releases
from tequio.studies.queries.releases import OpenRelease, ReleaseLine

_SIGNIFICANT: Final = 2


def sources(by: User, scope: Scope) -> Sources:
    """Return what was published of the period or before, and what the period cost."""
    with translation.override("es-mx"):
        return Sources(releases=released(by, scope), spent=spent(by, scope))


def released(by: User, scope: Scope) -> tuple[Release, ...]:
    """Return the newest release of each study with data until the last day, women's first."""
    if scope.site is not None:
        return ()
    newest: dict[object, ReleaseLine] = {}
    for line in releases.published(by):
        if line.period_to <= scope.period.last_on:
            newest.setdefault(line.study_id, line)
    found = (_release(releases.release(by, line.id), scope) for line in newest.values())
    return tuple(
        sorted(found, key=lambda one: (one.informant != WOMEN, one.informant != COMMUNITY))
    )


def _release(found: OpenRelease, scope: Scope) -> Release:
    line, zone = found.line, ZoneInfo(scope.zone)
    return Release(
        key=str(line.id),
        title=line.title,
        informant=line.informant,
        period=line.period,
        published_on=line.published_at.astimezone(zone).date(),
        enough=found.result is not None,
        findings=tuple(_sentences(found)),
        notes=(*found.notes, *_late(found)),
        plan=(
            PlanLine(found.plan.frozen_at.astimezone(zone).date(), found.plan.sha256),
            *(
                PlanLine(one.frozen_at.astimezone(zone).date(), one.sha256, one.reason)
                for one in found.amendments
            ),
        ),
    )


def _sentences(found: OpenRelease) -> Iterator[Sentence]:
    if found.result is None:
        return
    measures = {one["name"]: one["instrument"] for one in found.plan.recipe["outcomes"]}
    for raw, said in zip(found.result["findings"], found.findings, strict=True):
        yield Sentence(
            headline=said.headline,
            mandatory=said.mandatory,
            said=said.said,
            must_not=said.must_not,
            strength=said.strength_word,
            measure=measures.get(raw["outcome"] or "", ""),
        )


def _late(found: OpenRelease) -> tuple[str, ...]:
    if not found.frozen_late:
        return ()
    return (_("El plan se congeló cuando ya habían llegado personas de este periodo."),)


def spent(by: User, scope: Scope) -> Spent | None:
    """Return the costs of a year; none of half a year, as they are written by year."""
    year = scope.period.first_on.year
    if scope.period.key != str(year) or scope.site is not None:
        return None
    found = costs.summary(by, scope=costs.Scope(year=year))
    if not found.written:
        return None
    kind = found.currency
    return Spent(
        lines=tuple(_lines(found)),
        by_category=tuple(
            (line.label, written(line.money.paid, kind), written(line.money.given, kind))
            for line in found.by_category
        ),
        of=_("Todo lo anotado del año %(year)s, en %(currency)s.")
        % {"year": year, "currency": kind},
        missing=" ".join(found.missing) or _("No falta nada de lo que se acordó anotar."),
        caution=_(
            "Un costo por persona no dice si sirvió. Lo que dieron voluntarias y voluntarios "
            "cuenta a un salario supuesto."
        ),
    )


def _lines(found: CostSummary) -> Iterator[tuple[str, str, str]]:
    kind = found.currency
    yield (_("Lo que se pagó"), written(found.total.paid, kind), "—")
    yield (_("Lo que se dio sin cobrar y habría costado"), written(found.total.given, kind), "—")
    yield _person(_("Por hombre que entró"), found.per_entrant, kind)
    reached = _("Por hombre que vino a más del %(percent)s %%") % {"percent": found.dose_percent}
    yield _person(reached, found.per_completer, kind)
    yield _thing(_("Por lugar ofrecido"), found.per_seat_offered, kind)
    yield _thing(_("Por lugar usado"), found.per_seat_used, kind)
    yield _thing(_("Por sesión realizada"), found.per_session, kind)


def _person(label: str, per: Per, kind: str) -> tuple[str, str, str]:
    """A sum for each person would give back how many they are: it is told roughly."""
    if not publishing.allowed(per.of) or per.whole is None:
        return (label, _("No se publica: son muy pocos"), people(per.of))
    return (
        label,
        _("alrededor de %(sum)s") % {"sum": written(_rough(per.whole), kind)},
        people(per.of),
    )


def _thing(label: str, per: Per, kind: str) -> tuple[str, str, str]:
    if per.whole is None:
        return (label, "—", "0")
    return (label, written(_rough(per.whole), kind), f"{per.of:,}")


def _rough(cents: int) -> int:
    """Return a sum to two figures, in whole pesos."""
    whole = round(cents / 100)
    figures = max(len(str(abs(whole))) - _SIGNIFICANT, 0)
    return int(round(whole, -figures)) * 100
