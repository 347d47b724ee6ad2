"""Who is where, and who gets the programme when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.simulate.designs import Design

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Layout:
    """One row per person: where he is and when he is exposed.

    Attributes
    ----------
    site, cluster, block, arm
        (n,) numbers from 0. Without clusters each person is his own. `arm` is 1 in the
        programme and 0 in the control (or the wait-list); in a stepped wedge, the wave at which
        the cluster moves over.
    since
        (n,) first exposed wave; the number of waves for never.
    sampled
        (n, T) True where the person is asked at all (one wave in a repeated cross section).
    """

    site: Ints
    cluster: Ints
    block: Ints
    arm: Ints
    since: Ints
    sampled: Mask


def lay_out(design: Design, rng: np.random.Generator) -> Layout:
    """Place people in sites and clusters and allocate them."""
    waves = len(design.waves)
    crossed = design.kind == "repeated_cross_section"
    people = design.units * (waves if crossed else 1)
    cluster = _clusters(design, people, rng)
    site = (cluster if design.clusters is not None else np.arange(people)) % design.sites
    if design.by_cluster:
        of_cluster = _allocate_clusters(design, rng)
        arm, block = of_cluster[cluster], site.copy()
    else:
        arm, block = _allocate_people(design, site, rng)
        if design.group_size is not None:
            cluster = _meeting(design.group_size, site, arm)
    sampled = np.ones((people, waves), np.bool_)
    if crossed:
        sampled = np.arange(waves) == (np.arange(people) // design.units)[:, None]
    return Layout(site, cluster, block, arm, _since(design, arm), sampled)


def _clusters(design: Design, people: int, rng: np.random.Generator) -> Ints:
    if design.clusters is None:
        return np.arange(people, dtype=np.int64)
    k = design.clusters
    sizes = np.ones(k)
    if design.cluster_cv > 0:
        sizes = rng.gamma(1 / design.cluster_cv**2, design.cluster_cv**2, k)
    each = people // design.units
    members = np.sort(_shares_out(design.units, sizes))
    return np.tile(members, each).astype(np.int64)


def _shares_out(people: int, sizes: npt.NDArray[np.float64]) -> Ints:
    """Return a cluster for each person, sizes in proportion and none empty."""
    k = sizes.size
    left = people - k
    whole = np.floor(left * sizes / sizes.sum()).astype(np.int64)
    rest = np.argsort(-(left * sizes / sizes.sum() - whole), kind="stable")[: left - whole.sum()]
    whole[rest] += 1
    return np.repeat(np.arange(k), whole + 1)


def _allocate_clusters(design: Design, rng: np.random.Generator) -> Ints:
    k = design.clusters or 0
    site = np.arange(k) % design.sites
    arm = np.zeros(k, np.int64)
    steps = len(design.waves) - 1
    start = 0
    for s in range(design.sites):
        here = rng.permutation(np.flatnonzero(site == s))
        if design.kind == "stepped_wedge":
            arm[here] = 1 + (start + np.arange(here.size)) % steps
            start += here.size
        else:
            arm[here[: _treated(here.size, design.share_treated, rng)]] = 1
    return arm


def _allocate_people(design: Design, site: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    arm = np.ones(site.size, np.int64)
    block = np.zeros(site.size, np.int64)
    if design.kind == "single_arm":
        return arm, block
    number = 0
    for s in range(design.sites):
        here = np.flatnonzero(site == s)
        for start in range(0, here.size, design.block_size):
            members = here[start : start + design.block_size]
            drawn = rng.permutation(members)
            arm[drawn[_treated(members.size, design.share_treated, rng) :]] = 0
            block[members] = number
            number += 1
    return arm, block


def _meeting(size: int, site: Ints, arm: Ints) -> Ints:
    """Return a group for each person: as even as they go, of one site and arm."""
    group, number = np.zeros_like(site), 0
    for where, which in np.unique(np.column_stack([site, arm]), axis=0):
        here = np.flatnonzero((site == where) & (arm == which))
        groups = -(-here.size // size)
        group[here] = number + np.arange(here.size) * groups // here.size
        number += groups
    return group


def _treated(size: int, share: float, rng: np.random.Generator) -> int:
    """Return how many get the programme; a fraction of one is decided by chance."""
    wanted = size * share
    return int(np.floor(wanted)) + int(rng.random() < wanted - np.floor(wanted))


def _since(design: Design, arm: Ints) -> Ints:
    never = len(design.waves)
    if design.kind == "stepped_wedge":
        return arm.copy()
    later = 1 + design.delay if design.kind == "waitlist" else never
    return np.where(arm == 1, min(1, never), min(later, never)).astype(np.int64)
