"""Each number of the retention page with its denominator, what is missing, and its limits."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evidencia import (
    Bounds,
    Departures,
    DoseSummary,
    Funnel,
    KaplanMeier,
    Note,
    ThresholdShare,
    say,
)
from evidencia import Language as EvidenciaLanguage
from tequio.circles.retention.collect import Collected
from tequio.ui.parts import Figure


def language() -> EvidenciaLanguage:
    """Return the reader's language as `evidencia` names it."""
    return "en" if (get_language() or "").startswith("en") else "es"


def percent(share: float) -> str:
    """Return «5 %» with a space that does not break; a share that is not 0 never reads 0 %."""
    places = 1 if 0 < share < 0.01 or 0.99 < share < 1 else 0
    return f"{100 * share:.{places}f}\u00a0%"


def apart(low: float, high: float) -> tuple[str, str]:
    """Return two ends of a range with as many places as it takes to tell them apart."""
    ends = percent(low), percent(high)
    for places in (1, 2):
        if ends[0] == ends[1]:
            ends = f"{100 * low:.{places}f}\u00a0%", f"{100 * high:.{places}f}\u00a0%"
    return ends


def sentences(notes: tuple[Note, ...]) -> list[str]:
    """Return what must be read beside the numbers, in the reader's language."""
    return [note.text(language()) for note in notes]


def over_75(threshold: ThresholdShare | None, so_far: ThresholdShare | None) -> Figure:
    """Return the share that the 2010 programme reported: more than 75 % of the sessions.

    A programme that runs has no such share yet: after two meetings everybody who came to both
    would have come to all. Then the figure says that it is not known, and how it stands so far.
    """
    name = _("Vinieron a más del 75 % de las sesiones")
    if threshold is None:
        return Figure(
            name=name,
            unknown=_("Todavía no se sabe"),
            of=_so_far(so_far) if so_far else "",
            means=_("Se sabrá cuando el programa termine; a medio camino, la parte engaña."),
            counts=_("Hombres de grupos que ya terminaron todas sus sesiones: ninguno todavía."),
            caution=_("No se puede comparar con otros programas antes de que termine."),
        )
    share = threshold.share
    return Figure(
        name=name,
        value=percent(share.value),
        of=_("%(n)s de %(total)s hombres; intervalo al 95 %%: %(low)s a %(high)s")
        % {
            "n": f"{share.numerator:,}",
            "total": f"{share.denominator:,}",
            "low": percent(share.ci_low),
            "high": percent(share.ci_high),
        },
        missing=_open(share.missing, share.bounds),
        means=say(
            "threshold.definition",
            language(),
            comparison=say("comparison.more_than", language()),
            percent=75,
        ),
        counts=_(
            "Todos los hombres de grupos que ya terminaron, también quienes no vinieron nunca. "
            "En 2010, en ocho estados, fueron 5 % de 1,257."
        ),
        caution=_(
            "Venir no es haber dejado la violencia. Esta cifra no dice nada de la seguridad de "
            "nadie."
        ),
    )


def typical_dose(summary: DoseSummary, collected: Collected) -> Figure:
    """Return how many meetings a man came to on average."""
    meetings = summary.meetings
    held = collected.matrix.n_sessions
    bounds = meetings.mean_bounds
    return Figure(
        name=_("Sesiones a las que vino cada hombre, en promedio"),
        value=f"{meetings.mean:.2f}",
        of=_("de %(held)s reuniones; entre %(n)s hombres, de %(min)s a %(max)s")
        % {
            "held": f"{held:,}",
            "n": f"{summary.n:,}",
            "min": f"{meetings.minimum:g}",
            "max": f"{meetings.maximum:g}",
        },
        missing=_range(bounds, f"{bounds.lower:.2f}", f"{bounds.upper:.2f}"),
        means=say("dose.definition", language()),
        counts=_("Hombres con al menos una reunión que les tocaba: %(n)s.")
        % {"n": f"{summary.n:,}"},
        caution=_("Un promedio esconde a quien vino una sola vez: mira también la distribución."),
    )


def half_left(curve: KaplanMeier | None, departures: Departures | None) -> Figure:
    """Return the meeting by which half had stopped coming."""
    name = _("La mitad ya no vuelve después de")
    if curve is None or departures is None:
        return Figure(name=name, unknown=_("Todavía no se puede saber"))
    common = {
        "means": say("departure.definition", language(), quiet_after=departures.quiet_after),
        "counts": _("Hombres de los que ya se sabe lo suficiente: %(n)s de %(total)s.")
        % {"n": f"{curve.n:,}", "total": f"{departures.n_people:,}"},
        "missing": _early(departures),
        "caution": _("Dejar de venir no dice por qué: trabajo, traslado, miedo o haberse ido."),
    }
    if curve.median is None:
        return Figure(name=name, unknown=_("Más de la mitad sigue viniendo"), **common)
    low, high = curve.median_ci_low, curve.median_ci_high
    return Figure(
        name=name,
        value=_("%(n)s reuniones") % {"n": f"{curve.median:g}"}
        if curve.median != 1
        else _("1 reunión"),
        of=_("intervalo al 95 %%: %(low)s a %(high)s")
        % {
            "low": "—" if low is None else f"{low:g}",
            "high": _("no se alcanza") if high is None else f"{high:g}",
        },
        **common,
    )


def never_came(funnel: Funnel) -> Figure:
    """Return how many never came at all."""
    joined, once = funnel.steps[0].share, funnel.steps[1].share
    never = joined.numerator - once.numerator
    return Figure(
        name=_("No vinieron nunca"),
        value=f"{never:,}",
        of=_("de %(total)s hombres que tenían lugar") % {"total": f"{joined.numerator:,}"},
        missing=_open(once.missing, None),
        means=_("Hombres con lugar en el grupo y sin ninguna asistencia en lo que va."),
        counts=_("Todos los que tenían al menos una sesión."),
        caution=_("Que no haya venido no quiere decir que no quiera: nadie le ha preguntado aquí."),
    )


def sessions_held(collected: Collected) -> Figure:
    """Return how many of the meetings whose day has come took place."""
    held, not_held = collected.sessions_held, collected.sessions_not_held
    pending, to_come = collected.sessions_pending, collected.sessions_to_come
    return Figure(
        name=_("Sesiones realizadas"),
        value=f"{held:,}",
        of=_("de %(total)s que ya se registraron; por venir: %(to_come)s")
        % {"total": f"{held + not_held:,}", "to_come": f"{to_come:,}"},
        missing=ngettext(
            "De %(n)s que ya pasó nadie ha dicho si se realizó.",
            "De %(n)s que ya pasaron nadie ha dicho si se realizaron.",
            pending,
        )
        % {"n": f"{pending:,}"}
        if pending
        else "",
        means=_("Reuniones que sí hubo. Las que no se realizaron no cuentan como falta de nadie."),
        counts=_("Todas las sesiones de los grupos de esta página."),
        caution=_("No dice si la sesión se llevó como estaba planeada."),
    )


def _so_far(threshold: ThresholdShare) -> str:
    return _("En lo que va: %(n)s de %(total)s hombres") % {
        "n": f"{threshold.share.numerator:,}",
        "total": f"{threshold.share.denominator:,}",
    }


def _range(bounds: Bounds, low: str, high: str) -> str:
    if bounds.upper <= bounds.lower:
        return ""
    return _(
        "Por lo que falta en el registro, la cifra verdadera está entre %(low)s y %(high)s."
    ) % {
        "low": low,
        "high": high,
    }


def _open(missing: int, bounds: Bounds | None) -> str:
    parts = []
    if missing:
        parts.append(
            ngettext(
                "De %(n)s hombre falta saber una asistencia que lo cambiaría.",
                "De %(n)s hombres falta saber una asistencia que lo cambiaría.",
                missing,
            )
            % {"n": f"{missing:,}"}
        )
    if bounds is not None:
        parts.append(_range(bounds, *apart(bounds.lower, bounds.upper)))
    return " ".join(part for part in parts if part)


def _early(departures: Departures) -> str:
    if not departures.n_too_early:
        return ""
    return ngettext(
        "De %(n)s hombre es pronto para saberlo: lleva muy pocas reuniones.",
        "De %(n)s hombres es pronto para saberlo: llevan muy pocas reuniones.",
        departures.n_too_early,
    ) % {"n": f"{departures.n_too_early:,}"}
