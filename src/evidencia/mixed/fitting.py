"""From cross-products to a fitted MMRM: scaling, the search, and a simpler shape where needed."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from evidencia.mixed.covariance import SIMPLER, Covariance, Shape, shape
from evidencia.mixed.inference import (
    DfMethod,
    Inference,
    inverse,
    kenward_roger,
    slopes_of,
)
from evidencia.mixed.layout import Layout, centres_and_units, independent
from evidencia.mixed.products import Products
from evidencia.mixed.reml import Fit, Model, search
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
FEWEST = 5
"""Below so many people there is no model, only a story."""
FLAT = 1e-12
"""Share of the variance left by the model under which there is no variance to speak of."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to fit."""

    covariance: Covariance
    df: DfMethod
    level: float
    max_iterations: int


@dataclass(frozen=True, slots=True)
class Scale:
    """From the data's units to those of the search: (y − centre) / unit and (z − means) / units.

    Attributes
    ----------
    kept
        Positions of the coefficients that were estimated.
    back
        Shape (q,): what each is multiplied with to be in the data's units.
    """

    centre: float
    unit: float
    means: Floats
    units: Floats
    kept: npt.NDArray[np.int64]
    back: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fit in the units of the data.

    Attributes
    ----------
    covariance
        The shape that was fitted in the end.
    sigma, theta, theta_cov
        Shapes (T, T), (r,) and (r, r).
    fit, scale
        The search where it ended, and its units.
    """

    inference: Inference
    covariance: Covariance
    sigma: Floats
    theta: Floats
    theta_cov: Floats
    minus2: float
    iterations: int
    fit: Fit
    scale: Scale


def fit_products(
    products: Products,
    layout: Layout,
    options: Options,
    notes: tuple[Note, ...],
    subtracted: float = 0.0,
) -> Fitted:
    """Fit the model of `layout` to cross-products in the data's own units.

    `subtracted` was taken from every answer before; it is added to the intercepts.

    Raises
    ------
    Refusal
        Too few people, nothing that varies, more effects than answers, or no convergence even
        with the simplest covariance.
    """
    if products.n_units < FEWEST:
        raise Refusal(Note.of("mixed.too_few_people", n=products.n_units, needed=FEWEST))
    centre, unit, means, units = centres_and_units(products, len(layout.arms))
    if unit == 0.0:
        raise Refusal(Note.of("mixed.no_variance"))
    scaled = products.shifted(centre, means).scaled(unit, units)
    whole = Model(scaled, layout.mean_map(), shape("unstructured", np.arange(len(layout.waves))))
    seen = scaled.observed.astype(np.float64)
    gram = whole.crossed(np.einsum("pt,ts->pts", seen, np.eye(len(layout.waves))))
    kept, empty = independent(gram)
    if products.n_obs <= kept.size:
        raise Refusal(Note.of("mixed.too_many_columns", columns=int(kept.size), n=products.n_obs))
    if empty.size:
        notes += (Note.of("mixed.redundant_columns", n=empty.shape[1]),)
    mean = np.ascontiguousarray(whole.mean[:, :, kept])
    fit, used = _first_that_fits(scaled, mean, layout, options)
    if used != options.covariance:
        notes += (Note.of("mixed.simpler_covariance", asked=options.covariance, used=used),)
    back = unit / units[layout.column_of]
    start = np.zeros(layout.n_coefficients)
    start[: len(layout.waves)] = centre + subtracted
    scale = Scale(centre, unit, means, units, kept, back)
    return _in_units(fit, used, options, scale, empty / back[:, None], start, notes)


def _in_units(
    fit: Fit,
    used: Covariance,
    options: Options,
    scale: Scale,
    empty: Floats,
    start: Floats,
    notes: tuple[Note, ...],
) -> Fitted:
    """Return the fit in the data's units, with 0 for the coefficients that were dropped."""
    kept, back, unit = scale.kept, scale.back, scale.unit
    data, state = fit.model.products, fit.state
    w = inverse(fit.curvature.observed)
    cov = state.phi
    if options.df in ("kenward_roger", "kenward_roger_linear"):
        cov = kenward_roger(fit, w, linear=options.df == "kenward_roger_linear")
    size = len(back)
    turn = np.outer(back, back)

    def whole(matrix: Floats) -> Floats:
        out = np.zeros((*matrix.shape[:-2], size, size))
        out[..., kept[:, None], kept] = matrix
        return out * turn

    beta = np.zeros(size)
    beta[kept] = state.beta
    powers = _powers(fit.model.shape.name, len(state.theta), unit)
    n_obs, rank = data.n_obs, len(kept)
    # −2 log-likelihood in the data's units; y / unit and z / units change it by constants.
    constant = 2.0 * n_obs * log(unit) - 2.0 * float(np.log(back[kept]).sum())
    inference = Inference(
        beta=beta * back + start,
        cov=whole(cov),
        phi=whole(state.phi),
        slopes=whole(slopes_of(state.phi, fit.curvature.steps)),
        theta_cov=w,
        empty=empty * (1.0 / np.linalg.norm(empty, axis=0)) if empty.size else empty,
        df_method=options.df,
        residual_df=n_obs - rank,
        n_units=data.n_units,
        n_obs=n_obs,
        n_clusters=None,
        level=options.level,
        notes=notes,
    )
    return Fitted(
        inference=inference,
        covariance=used,
        sigma=state.sigma * unit**2,
        theta=state.theta * powers,
        theta_cov=w * np.outer(powers, powers),
        minus2=state.minus2 + constant,
        iterations=fit.iterations,
        fit=fit,
        scale=scale,
    )


def _powers(name: Covariance, size: int, unit: float) -> Floats:
    """Return what each θ is multiplied with to be in the data's units."""
    out = np.full(size, unit**2)
    if name in ("ar1", "ar1h"):
        out[-1] = 1.0
    return out


def _first_that_fits(
    products: Products, mean: Floats, layout: Layout, options: Options
) -> tuple[Fit, Covariance]:
    waves = np.asarray(layout.waves)
    given, joint = _start(products, mean, len(waves))
    name: Covariance | None = options.covariance
    while name is not None:
        form: Shape = shape(name, waves)
        # A covariance between two visits that nobody has together is not in the data.
        if name != "unstructured" or (joint > 1).all():
            fit = search(Model(products, mean, form), form.start(given), options.max_iterations)
            if fit is not None and fit.converged and _sound(fit.state.sigma):
                return fit, name
        name = SIMPLER.get(name)
    raise Refusal(Note.of("mixed.not_converged"))


def _start(products: Products, mean: Floats, waves: int) -> tuple[Floats, Floats]:
    """Return a first Σ from the residuals of least squares, and how many share two visits."""
    flat = Model(products, mean, shape("compound_symmetry", np.arange(waves)))
    theta = np.array([1.0]) if waves == 1 else np.array([0.0, 1.0])
    state = flat.at(theta)
    seen = products.observed
    joint = np.einsum("p,pt,ps->ts", products.n, seen, seen).astype(np.float64)
    if state is None:
        raise Refusal(Note.of("mixed.not_converged"))
    spread = state.spread.sum(axis=0)
    left = float(np.trace(spread)) / products.n_obs
    if left < FLAT:
        raise Refusal(Note.of("mixed.no_variance"))
    given = spread / np.maximum(joint, 1.0)
    variances = np.maximum(np.diag(given), 1e-3 * left)
    given[np.diag_indices(waves)] = variances
    for _ in range(60):
        inner = given / np.sqrt(np.outer(variances, variances))
        if np.linalg.eigvalsh(inner)[0] > 0.02:
            break
        given = 0.9 * given
        given[np.diag_indices(waves)] = variances
    return given, joint


def _sound(sigma: Floats) -> bool:
    """Return whether Σ is not so near to singular that its inverse is only rounding."""
    spread = np.sqrt(np.diag(sigma))
    return bool(np.linalg.eigvalsh(sigma / np.outer(spread, spread))[0] > 1e-9)
