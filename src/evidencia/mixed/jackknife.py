"""The error of an MMRM without its assumptions: fitted again without one person or one circle.

The model's own covariance Φ takes answers as normal, people as unrelated and β̂ as unrelated to
Σ̂. Where who told of more is lost, and most tell of little, the mean of those lost is foretold with
slopes that come from Σ̂: β̂ and Σ̂ then err together (Kenward & Molenberghs 1998), and a sandwich
of β alone does not see it. With β̂₋g the estimate without the g-th of G groups, and β̄ their mean,

    V = (G − 1) / G  Σ_g (β̂₋g − β̄)(β̂₋g − β̄)'

sees all of it, whatever the distribution, and what the people of a group share (CV3J of
MacKinnon, Nielsen & Webb). A contrast has the degrees of freedom of the model, and G − 1 at most.

References
----------
Kenward, M. G. & Molenberghs, G. (1998). *Statist. Sci.* 13, 236–247.
Lipsitz, S. R., Dear, K. B. G. & Zhao, L. (1994). *Biometrics* 50, 842–846.
Bell, R. M. & McCaffrey, D. F. (2002). *Survey Methodology* 28, 169–181.
MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). *J. Appl. Econometrics* 38, 671–694.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.mixed.fitting import Fitted
from evidencia.mixed.inference import Inference
from evidencia.mixed.products import Products, cross_products
from evidencia.mixed.reml import Model, State, one_step, search
from evidencia.words import Note

Floats = npt.NDArray[np.float64]
FEWEST: Final = 5
"""Fewer circles cannot show how much circles differ: people are then left out one by one."""
FEW: Final = 30
"""Up to so many groups each fit is carried to its end; beyond, one step of Newton's method, which
misses it by the square of one group's share (Lipsitz, Dear & Zhao)."""
ITERATIONS: Final = 50
MOST: Final = 200
"""With more people, so many lots of them are left out: as good an error, and no longer a wait."""
DRAW: Final = 20261121


@dataclass(frozen=True, slots=True)
class People:
    """Who entered, as the model read them.

    Attributes
    ----------
    y, z
        Shapes (n, T) and (n, k), in the units of the cross-products that were fitted.
    weights, group
        Shape (n,); None for 1, and for people who sit with nobody that the study knows of.
    """

    y: Floats
    z: Floats
    weights: Floats | None
    group: npt.NDArray[np.str_] | None


def jackknifed(fitted: Fitted, people: People) -> Inference:
    """Return the inference with the jackknife's covariance, and a note of what was left out.

    With fewer than 5 circles people are left out one by one and a note says so. Where the model
    cannot be fitted without one of them, the model's own error is kept and a note says so.
    """
    circles = None if people.group is None else np.unique(people.group, return_inverse=True)[1]
    known = None if circles is None else int(circles.max()) + 1
    named = circles is not None and known is not None and FEWEST <= known < len(people.y)
    member = circles.reshape(-1) if named and circles is not None else _one_by_one(people)
    groups = int(member.max()) + 1
    inference = fitted.inference
    betas = _without_each(fitted, people, member, groups)
    if betas is None:
        return replace(inference, notes=(*inference.notes, Note.of("mixed.error_of_the_model")))
    if named:
        note = Note.of("mixed.error_by_circle", n=groups)
    elif known is not None and known < FEWEST:
        note = Note.of("mixed.error_few_circles", n=known, needed=FEWEST)
    else:
        note = Note.of("mixed.error_by_person")
    away = betas - betas.mean(axis=0)
    return replace(
        inference,
        cov=(groups - 1) / groups * (away.T @ away),
        most_df=float(groups - 1),
        n_clusters=groups if named else None,
        notes=(*inference.notes, note),
    )


def _one_by_one(people: People) -> npt.NDArray[np.intp]:
    """Return a group for each person, or lots drawn so that the order of the rows is no matter."""
    n = len(people.y)
    if n <= MOST:
        return np.arange(n)
    answers = np.hstack((people.z, np.nan_to_num(people.y, nan=np.inf)))
    out = np.empty(n, np.intp)
    out[np.lexsort(answers.T)] = np.random.default_rng(DRAW).permutation(n) % MOST
    return out


def _without_each(
    fitted: Fitted, people: People, member: npt.NDArray[np.intp], groups: int
) -> Floats | None:
    """Return β̂ without each group, (G, q), in the data's units and zero where not estimated."""
    fit, scale = fitted.fit, fitted.scale
    y = (people.y - scale.centre) / scale.unit
    z = (people.z - scale.means) / scale.units
    order = np.argsort(member, kind="stable")
    ends = np.cumsum(np.bincount(member, minlength=groups))
    out = np.zeros((groups, len(scale.back)))
    begin = 0
    for g, end in enumerate(ends):
        rows = order[begin:end]
        begin = end
        weights = None if people.weights is None else people.weights[rows]
        rest = _less(fit.model.products, cross_products(y[rows], z[rows], weights))
        state = _again(Model(rest, fit.model.mean, fit.model.shape), fit.state.theta, groups)
        if state is None:
            return None
        out[g, scale.kept] = state.beta
    return out * scale.back


def _again(model: Model, theta: Floats, groups: int) -> State | None:
    if groups > FEW:
        return one_step(model, theta)
    fit = search(model, theta, ITERATIONS)
    return fit.state if fit is not None and fit.converged else None


def _less(whole: Products, part: Products) -> Products:
    """Return the products of `whole` without the people of `part`."""
    same = (whole.observed[:, None, :] == part.observed[None]).all(axis=2)
    at = same.argmax(axis=0)
    n, zz, zy, yy = whole.n.copy(), whole.zz.copy(), whole.zy.copy(), whole.yy.copy()
    n[at] -= part.n
    zz[at] -= part.zz
    zy[at] -= part.zy
    yy[at] -= part.yy
    some = n > 0
    logs = whole.log_weights - part.log_weights
    return Products(whole.observed[some], n[some], zz[some], zy[some], yy[some], logs)
