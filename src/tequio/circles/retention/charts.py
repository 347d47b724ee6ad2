"""The drawings of the retention page, one specification for screen and paper."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _

from evidencia import Dose, Funnel, KaplanMeier
from tequio.circles.retention.collect import Collected
from tequio.circles.retention.figures import language, percent
from tequio.ui import charts
from tequio.ui.parts import ChartFigure, Column, Row, Table

_BINS = 4


def funnel(found: Funnel, *, so_far: bool) -> ChartFigure:
    """Draw who came how far."""
    title = (
        _("De quienes entraron, hasta dónde han venido")
        if so_far
        else _("De quienes entraron, hasta dónde vinieron")
    )
    steps = [(step.label(language()), step.share.numerator) for step in found.steps]
    rows = [
        Row(
            (
                step.label(language()),
                step.share.numerator,
                step.share.denominator,
                percent(step.share.value),
                step.share.missing,
            )
        )
        for step in found.steps
    ]
    return ChartFigure(
        title=title,
        spec=charts.funnel_bars(steps, title=title, description=_in_words(steps)),
        table=Table(
            title,
            (
                Column(_("Paso")),
                Column(_("Hombres"), number=True),
                Column(_("De"), number=True),
                Column(_("Parte"), number=True),
                Column(_("Falta saber"), number=True),
            ),
            rows,
        ),
        note=_("Cada paso cuenta a los mismos hombres; el último no depende de los de en medio."),
    )


def survival(curve: KaplanMeier) -> ChartFigure:
    """Draw how many go on coming, with its interval and how many are still followed."""
    title = _("Cuántos siguen viniendo después de cada reunión")
    times, s = _with_start(curve)
    low = np.concatenate([[1.0], curve.ci_low]) if times.size > curve.time.size else curve.ci_low
    high = np.concatenate([[1.0], curve.ci_high]) if times.size > curve.time.size else curve.ci_high
    at_risk = (
        np.concatenate([[curve.n], curve.n_at_risk])
        if times.size > curve.time.size
        else curve.n_at_risk
    )
    rows = [
        Row((f"{t:g}", int(n), percent(p), f"{percent(a)} – {percent(b)}"))
        for t, n, p, a, b in zip(times, at_risk, s, low, high, strict=True)
    ]
    return ChartFigure(
        title=title,
        spec=charts.survival_curve(
            [float(t) for t in times],
            [float(v) for v in s],
            [float(v) for v in low],
            [float(v) for v in high],
            [int(v) for v in at_risk],
            title=title,
            description=_("Al final de lo observado sigue viniendo %(share)s.")
            % {"share": percent(float(s[-1]))},
            x_title=_("reuniones desde que le tocó la primera"),
        ),
        table=Table(
            title,
            (
                Column(_("Después de la reunión")),
                Column(_("Hombres que se siguen"), number=True),
                Column(_("Siguen viniendo"), number=True),
                Column(_("Intervalo al 95 %"), number=True),
            ),
            rows,
        ),
        note=_("La franja es el intervalo al 95 %: con pocos hombres, el azar pesa mucho."),
    )


def dose(each: Dose, *, so_far: bool) -> ChartFigure:
    """Draw how many men came to how much of what was expected of them."""
    title = (
        _("A qué parte de las sesiones ha venido cada hombre hasta hoy")
        if so_far
        else _("A qué parte de las sesiones vino cada hombre")
    )
    fractions = each.fraction[~np.isnan(each.fraction)]
    labels = [_("ninguna"), _("hasta 25 %"), _("25 a 50 %"), _("50 a 75 %"), _("más de 75 %")]
    edges = np.ceil(np.round(fractions * _BINS, 9)).astype(int)
    counts = [int(np.sum(edges == k)) for k in range(_BINS + 1)]
    bins = list(zip(labels, counts, strict=True))
    return ChartFigure(
        title=title,
        spec=charts.dose_histogram(
            bins,
            title=title,
            description=_in_words(bins),
            x_title=_("parte de las sesiones que le tocaban"),
            highlight_from=_BINS,
        ),
        table=Table(
            title,
            (Column(_("Parte")), Column(_("Hombres"), number=True)),
            [Row(pair) for pair in bins],
        ),
        note=_("El programa no termina: después de pocas reuniones, las partes salen altas.")
        if so_far
        else _("Relleno: más del 75 %, la medida que se publicó en 2010 (5 % de 1,257 hombres)."),
    )


def sessions(collected: Collected) -> ChartFigure:
    """Draw how many came to each meeting, and how many marks say nothing of who."""
    title = _("Cuántos vinieron a cada reunión")
    matrix = collected.matrix
    came, expected = matrix.present.sum(axis=0), matrix.expected.sum(axis=0)
    unknown = matrix.unknown.sum(axis=0)
    nameless = matrix.nameless
    gaps = nameless if nameless.any() else unknown
    word = _("sin identificar") if nameless.any() else _("sin registrar")
    bars = [
        charts.SessionBar(label, int(came[k]), int(gaps[k]), int(expected[k]))
        for k, label in enumerate(collected.columns)
    ]
    rows = [
        Row((label, int(came[k]), int(expected[k]), int(unknown[k]), int(nameless[k])))
        for k, label in enumerate(collected.columns)
    ]
    return ChartFigure(
        title=title,
        spec=charts.session_bars(
            bars,
            title=title,
            description=_in_words([(bar.label, bar.came) for bar in bars]),
            x_title=_("reunión"),
            gap_word=word,
        ),
        table=Table(
            title,
            (
                Column(_("Reunión")),
                Column(_("Vinieron"), number=True),
                Column(_("Les tocaba"), number=True),
                Column(_("Sin registrar"), number=True),
                Column(_("Sin identificar"), number=True),
            ),
            rows,
        ),
    )


def _with_start(curve: KaplanMeier) -> tuple[np.ndarray, np.ndarray]:
    if curve.time.size and curve.time[0] == 0:
        return curve.time, curve.survival
    return np.concatenate([[0.0], curve.time]), np.concatenate([[1.0], curve.survival])


def _in_words(pairs: list[tuple[str, int]]) -> str:
    return "; ".join(f"{label}: {n:,}" for label, n in pairs) + "."
