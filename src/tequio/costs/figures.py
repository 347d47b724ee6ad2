"""Each number of a result with what it is among, what is missing, and what it does not say."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.money import written
from tequio.costs.queries.summaries import CostSummary
from tequio.costs.rules import context
from tequio.costs.rules.results import Per
from tequio.ui.parts import Figure

# From a hundred pesos on, centavos of an average are more exact than anybody can be.
_WHOLE_FROM = 100_00


def shown(cents: int, currency: str) -> str:
    """Write an average: whole pesos from a hundred on."""
    if abs(cents) >= _WHOLE_FROM:
        cents = (cents + 50) // 100 * 100
    return written(cents, currency)


def figures(found: CostSummary) -> tuple[Figure, ...]:
    """Return the numbers of a result, the ones that are asked for most in front."""
    return (_entrant(found), _used(found), _offered(found), _session(found), _completer(found))


def _figure(
    found: CostSummary, per: Per, name: str, among: Callable[[int], str], **words: str
) -> Figure:
    if not found.written:
        return Figure(name=name, unknown=_("Nada anotado"), **words)
    paid, whole = per.paid, per.whole
    if paid is None or whole is None:
        return Figure(name=name, unknown=_("No se puede decir: entre nadie"), **words)
    money = found.currency
    divided = _("Se dividió lo que se pagó, %(paid)s, y con lo que dieron, %(whole)s.") % {
        "paid": written(per.money.paid, money),
        "whole": written(per.money.whole, money),
    }
    return Figure(
        name=name,
        value=shown(paid, money),
        of=_("%(whole)s con lo que dieron, %(among)s")
        % {"whole": shown(whole, money), "among": among(per.of)},
        **words | {"counts": f"{words['counts']} {divided}"},
    )


def _entrant(found: CostSummary) -> Figure:
    per = found.per_entrant
    return _figure(
        found,
        per,
        _("Por hombre que entró"),
        lambda n: (
            ngettext(
                "entre %(n)s hombre que entró en %(year)s.",
                "entre %(n)s hombres que entraron en %(year)s.",
                n,
            )
            % {"n": f"{n:,}", "year": found.year}
        ),
        means=_("Lo que costó el año, entre los hombres cuya primera sesión fue en él."),
        counts=_("También quienes vinieron una vez y quienes no llegaron nunca."),
        missing=_undated(per.missing),
        caution=_("Quien entró a fin de año cuesta sobre todo en el siguiente. No dice si sirvió."),
    )


def _used(found: CostSummary) -> Figure:
    per = found.per_seat_used
    return _figure(
        found,
        per,
        _("Por asiento ocupado"),
        lambda n: (
            ngettext("entre %(n)s asiento ocupado.", "entre %(n)s asientos ocupados.", n)
            % {"n": f"{n:,}"}
        ),
        means=_("Un asiento ocupado es un hombre en una sesión, también quien fue a reponerla."),
        counts=_("Sesiones realizadas en %(year)s.") % {"year": found.year},
        missing=ngettext(
            "De %(n)s asiento nadie anotó si se ocupó.",
            "De %(n)s asientos nadie anotó si se ocuparon.",
            per.missing,
        )
        % {"n": f"{per.missing:,}"}
        if per.missing
        else "",
        caution=_("Venir no es haber dejado la violencia. Un asiento vacío también se pagó."),
    )


def _offered(found: CostSummary) -> Figure:
    return _figure(
        found,
        found.per_seat_offered,
        _("Por asiento ofrecido"),
        lambda n: (
            ngettext("entre %(n)s asiento ofrecido.", "entre %(n)s asientos ofrecidos.", n)
            % {"n": f"{n:,}"}
        ),
        means=_("Sesiones realizadas por los lugares que el modelo da a cada grupo."),
        counts=_("Todos los lugares, ocupados o no."),
        missing=_pending(found.per_seat_offered.missing),
        caution=_("Sube cuando se suspenden sesiones, aunque no se gaste más."),
    )


def _session(found: CostSummary) -> Figure:
    return _figure(
        found,
        found.per_session,
        _("Por sesión realizada"),
        lambda n: ngettext("entre %(n)s sesión.", "entre %(n)s sesiones.", n) % {"n": f"{n:,}"},
        means=_("Lo que costó el año entre las sesiones que sí hubo."),
        counts=_("Las que no se realizaron no cuentan; lo que se gastó en ellas, sí."),
        missing=_pending(found.per_session.missing),
        caution=_("No dice si la sesión se llevó como estaba planeada."),
    )


def _completer(found: CostSummary) -> Figure:
    per, done = found.per_completer, found.reached
    name = _("Por hombre que vino a más del %(percent)s %%") % {"percent": found.dose_percent}
    if not done.groups:
        return Figure(
            name=name,
            unknown=_("Todavía no se sabe"),
            of=_("Ningún grupo terminó en %(year)s.") % {"year": found.year},
            means=_("Lo que costó un grupo en toda su vida, cuando ya terminó."),
        )
    return _figure(
        found,
        per,
        name,
        lambda n: (
            ngettext(
                "entre %(n)s hombre que vino a más del %(percent)s %%, de %(of)s.",
                "entre %(n)s hombres que vinieron a más del %(percent)s %%, de %(of)s.",
                n,
            )
            % {"n": f"{n:,}", "percent": found.dose_percent, "of": f"{done.of:,}"}
        ),
        means=_("Lo que costaron en toda su vida los grupos que terminaron en %(year)s.")
        % {"year": found.year},
        counts=ngettext(
            "%(n)s grupo terminado; todos los hombres a quienes les tocó alguna sesión.",
            "%(n)s grupos terminados; todos los hombres a quienes les tocó alguna sesión.",
            done.groups,
        )
        % {"n": f"{done.groups:,}"},
        missing=ngettext(
            "De %(n)s hombre falta saber una asistencia que lo cambiaría.",
            "De %(n)s hombres falta saber una asistencia que lo cambiaría.",
            done.missing,
        )
        % {"n": f"{done.missing:,}"}
        if done.missing
        else "",
        caution=_(
            "Cuenta a cuánto vino y nada más: no dice si cambió. Los demás también recibieron algo."
        ),
    )


def _undated(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "De %(n)s hombre no se sabe en qué año entró: no está en la cuenta.",
        "De %(n)s hombres no se sabe en qué año entraron: no están en la cuenta.",
        n,
    ) % {"n": f"{n:,}"}


def _pending(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "De %(n)s sesión no se sabe si se realizó, o en qué día.",
        "De %(n)s sesiones no se sabe si se realizaron, o en qué día.",
        n,
    ) % {"n": f"{n:,}"}


def cannot_conclude(found: CostSummary) -> list[str]:
    """Return what these numbers do not say, whatever they are."""
    return [
        _(
            "No hay costo por hombre que cambió ni por violencia evitada: eso pide un estudio con "
            "un grupo con el que comparar, y un efecto cuyo intervalo no incluya el cero."
        ),
        _("Más barato no es mejor: quien no llama a nadie y no supervisa gasta menos."),
        _("Los años no se ajustaron por inflación: cada uno va en el dinero de ese año."),
    ]


def how(found: CostSummary) -> list[str]:
    """Return how it was worked out."""
    return [
        _(
            "Lo que se pagó es el dinero que salió. Lo que dieron (voluntariado, un salón "
            "prestado) se cuenta en lo que habría costado, y va aparte."
        ),
        _("El arranque se reparte por igual entre los años en que se usa, sin intereses."),
        _("Lo común se reparte entre los grupos que se reunieron: %(by)s. Cuadra al centavo.")
        % {"by": found.share_by.lower()},
        _(
            "El contacto y acompañamiento es un solo total del año. Su reparto es aritmética: no "
            "dice en qué grupo hubo contacto."
        ),
    ]


def national() -> str:
    """Quote what violence costs the country, and say what may not be done with it."""
    known = context.MEXICO
    return _(
        "En todo México, la violencia contra las mujeres costó %(sum)s en %(year)s, %(percent)s %% "
        "del producto interno bruto (%(source)s). No se divide entre mujeres, hombres ni casos: "
        "dice de qué tamaño es el daño, y no cuánto vale evitar uno."
    ) % {
        "sum": written(known.pesos * 100, "MXN"),
        "year": known.year,
        "percent": known.percent_of_product,
        "source": known.source,
    }
