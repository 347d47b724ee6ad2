"""Sessions held in the period and what part of them men came to, by the arrays of retention."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidencia import Bounds, DoseSummary, Refusal, publishing, summarise_dose
from tequio.circles.models import Group, Session
from tequio.circles.retention.collect import Collected, Facts, Records, collect, read
from tequio.circles.retention.figures import percent
from tequio.reports.accounts.blocks import HIDDEN, Block, Number
from tequio.reports.accounts.counting.scope import SPACE, Scope, of_people, share, too_few

_PERCENT: Final = 75


def stayed(scope: Scope) -> list[Block]:
    """Return sessions held, the share who came to most of them, and the average."""
    collected = of_the_period(scope)
    return [sessions(collected), *_doses(collected)]


def of_the_period(scope: Scope) -> Collected:
    """Read the groups that had a meeting in the period, and count those meetings alone."""
    days = (scope.period.first_on, scope.period.last_on)
    groups = Group.objects.filter(
        organisation=scope.organisation_id, sessions__planned_on__range=days
    )
    if scope.site is not None:
        groups = groups.filter(site=scope.site)
    found = list(groups.select_related("edition").distinct().order_by("name", "pk"))
    records = read(found)
    inside = _inside(scope, records)
    facts = [Facts(one.pk, one.name, one.gaps, one.edition.model_slug) for one in found]
    return collect(inside, facts, today=scope.after.date())


def _inside(scope: Scope, records: Records) -> Records:
    first, last = scope.period.first_on, scope.period.last_on
    kept = (one for one in records.sessions if one.planned_on and first <= one.planned_on <= last)
    return replace(records, sessions=tuple(kept))


def sessions(collected: Collected) -> Number:
    """Return how many meetings took place of those that the calendar had."""
    held, not_held = collected.sessions_held, collected.sessions_not_held
    pending = collected.sessions_pending
    return Number(
        name=_("Sesiones realizadas"),
        value=f"{held:,}",
        of=_("De %(total)s que estaban en el calendario, en %(groups)s.")
        % {"total": f"{held + not_held + pending:,}", "groups": _groups(collected.n_groups)},
        missing=ngettext(
            "De %(n)s nadie ha dicho si se realizó.",
            "De %(n)s nadie ha dicho si se realizaron.",
            pending,
        )
        % {"n": f"{pending:,}"}
        if pending
        else _("De todas se sabe si se realizaron."),
        caution=_("No dice si la sesión se llevó como estaba planeada."),
    )


def _groups(n: int) -> str:
    return ngettext("%(n)s grupo", "%(n)s grupos", n) % {"n": f"{n:,}"}


def _doses(collected: Collected) -> list[Block]:
    try:
        found = summarise_dose(collected.matrix)
    except Refusal:
        return []
    over = next(one for one in found.thresholds if one.percent == _PERCENT and one.strict)
    top, whole = over.share.numerator, over.share.denominator
    told = share(top, whole)
    return [
        Number(
            name=_("Vinieron a más del 75 % de sus sesiones"),
            value="" if told == HIDDEN else told,
            unknown=too_few(),
            of=of_people(whole, _("De %(n)s hombres a quienes les tocaba alguna sesión.")),
            missing=_gaps(found, over.share.bounds if told != HIDDEN else None),
            caution=_(
                "Cuenta solo las sesiones de este periodo. En 2010, en ocho estados, fueron 5 % "
                "de 1,257 en todo el programa: no es la misma cuenta. Venir no es haber dejado la "
                "violencia."
            ),
        ),
        _average(found),
    ]


def _average(found: DoseSummary) -> Number:
    enough = found.n >= publishing.PUBLIC.percent_from
    return Number(
        name=_("Parte de sus sesiones a la que vino cada hombre, en promedio"),
        value=f"{100 * found.fraction.mean:.0f}{SPACE}%" if enough else "",
        unknown=too_few(),
        of=of_people(found.n, _("Entre %(n)s hombres a quienes les tocaba alguna sesión.")),
        missing=_gaps(found, found.fraction.mean_bounds if enough else None),
        caution=_("Un promedio esconde a quien vino una sola vez."),
    )


def _gaps(found: DoseSummary, bounds: Bounds | None) -> str:
    if not found.n_unknown_marks:
        return _("No falta ninguna asistencia por anotar.")
    said = ngettext(
        "Falta anotar %(n)s asistencia.", "Falta anotar %(n)s asistencias.", found.n_unknown_marks
    ) % {"n": f"{found.n_unknown_marks:,}"}
    if bounds is None or found.n < publishing.PUBLIC.percent_from:
        return said
    # The ends of the range are published figures too, and rounded like them.
    low, high = (percent(round(20 * end) / 20) for end in (bounds.lower, bounds.upper))
    if low == high:
        return said
    return (
        said
        + " "
        + _("La cifra verdadera está entre %(low)s y %(high)s.")
        % {
            "low": low,
            "high": high,
        }
    )


def held_in(scope: Scope) -> tuple[int, int]:
    """Return how many sessions were held, of how many that the calendar had."""
    days = (scope.period.first_on, scope.period.last_on)
    rows = Session.objects.filter(group__organisation=scope.organisation_id, planned_on__range=days)
    return rows.filter(state=Session.State.HELD).count(), rows.count()
