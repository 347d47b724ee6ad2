"""A logical framework: each objective with its indicator, its source and what is taken for granted.

The indicators are the numbers of the other sections; none is made for the framework alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.care.models import Referral
from tequio.reports.accounts.blocks import HIDDEN, Block, Table
from tequio.reports.accounts.counting import community
from tequio.reports.accounts.counting.men import Way
from tequio.reports.accounts.counting.scope import Scope, people, share
from tequio.reports.accounts.counting.stayed import held_in
from tequio.reports.accounts.definitions import Indicator, Line
from tequio.reports.accounts.sources import WOMEN, Release


@dataclass(frozen=True, slots=True)
class Read:
    """What the indicators are worked out from."""

    scope: Scope
    ways: Sequence[Way]
    releases: Sequence[Release]
    done: community.Done


def framework(
    scope: Scope, ways: Sequence[Way], releases: Sequence[Release], lines: Sequence[Line]
) -> list[Block]:
    """Return the table of a framework."""
    read = Read(scope, ways, releases, community.counted(scope))
    levels = {
        "aim": _("Fin"),
        "purpose": _("Propósito"),
        "result": _("Resultado"),
        "activity": _("Actividad"),
    }
    return [
        Table(
            name=_("Marco lógico"),
            caption=_("Objetivos, indicadores, fuentes y supuestos"),
            columns=(_("Objetivo"), _("Indicador"), _("Fuente"), _("Supuesto")),
            rows=tuple(
                (
                    f"{levels[line.level]}. {line.objective}",
                    _INDICATORS[line.indicator](read),
                    line.source,
                    line.assumption,
                )
                for line in lines
            ),
            of=_("Cada indicador dice de cuántos; las tablas de donde sale están en este informe."),
            missing=_("Lo que falta está dicho en la tabla de donde sale cada indicador."),
            caution=_("Cumplir un indicador no prueba que se cumplió el objetivo que está arriba."),
        )
    ]


def _men(words: str | Promise, test: Callable[[Way], bool]) -> Callable[[Read], str]:
    def found(read: Read) -> str:
        n, whole = sum(map(test, read.ways)), len(read.ways)
        said = str(words) % {"n": people(n), "whole": people(whole)}
        part = share(n, whole)
        return said if part == HIDDEN else f"{said} ({part})"

    return found


def _asked(read: Read) -> str:
    return _("Hombres que llegaron: %(n)s") % {"n": people(len(read.ways))}


def _sessions(read: Read) -> str:
    held, planned = held_in(read.scope)
    return _("Sesiones realizadas: %(n)s, de %(whole)s en el calendario") % {
        "n": f"{held:,}",
        "whole": f"{planned:,}",
    }


def _committees(read: Read) -> str:
    return _("Comités activos: %(n)s; reuniones: %(m)s") % {
        "n": f"{read.done.committees:,}",
        "m": f"{read.done.committee_meetings:,}",
    }


def _actions(read: Read) -> str:
    return _("Acciones cumplidas: %(n)s; acciones que vencían: %(whole)s") % {
        "n": f"{read.done.actions_done:,}",
        "whole": f"{read.done.actions_due:,}",
    }


def _circles(read: Read) -> str:
    return _("Círculos: %(n)s; encuentros: %(m)s") % {
        "n": f"{read.done.circles:,}",
        "m": f"{read.done.circle_meetings:,}",
    }


def _referrals(read: Read) -> str:
    made = Referral.objects.filter(
        organisation=read.scope.organisation_id,
        made_at__gte=read.scope.before,
        made_at__lt=read.scope.after,
    )
    return _("Canalizaciones hechas: %(n)s") % {"n": people(made.count())}


def _hers(read: Read) -> str:
    n = sum(one.informant == WOMEN and one.enough for one in read.releases)
    if not n:
        return _("Todavía no se sabe: ninguna publicación de lo que ellas cuentan")
    return _("Publicaciones de lo que ellas cuentan: %(n)s; sus frases están abajo") % {"n": n}


_INDICATORS: Mapping[Indicator, Callable[[Read], str]] = {
    "asked": _asked,
    "started": _men(
        gettext_lazy("%(n)s de %(whole)s hombres vinieron al menos una vez"),
        lambda way: way.started,
    ),
    "half": _men(
        gettext_lazy("%(n)s de %(whole)s hombres vinieron a la mitad o más"), lambda way: way.half
    ),
    "ended": _men(
        gettext_lazy("%(n)s de %(whole)s hombres llegaron al final"), lambda way: way.ended
    ),
    "sessions": _sessions,
    "committees": _committees,
    "actions_done": _actions,
    "circles": _circles,
    "referrals": _referrals,
    "releases": _hers,
}
