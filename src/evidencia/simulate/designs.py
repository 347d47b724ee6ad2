"""What is simulated: who, when, with what truth, told by whom, and who is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidencia.simulate.parameters import value

DesignKind = Literal[
    "single_arm",
    "parallel",
    "cluster_parallel",
    "waitlist",
    "stepped_wedge",
    "repeated_cross_section",
]
OutcomeKind = Literal["continuous", "binary", "count", "ordinal", "score"]
Mechanism = Literal["mcar", "mar", "mnar"]


@dataclass(frozen=True, slots=True)
class Design:
    """Who takes part, when they are asked, and who gets the programme.

    Attributes
    ----------
    kind
        ``"waitlist"`` starts its control arm `delay` waves later; ``"stepped_wedge"`` moves
        clusters over one step per wave; ``"repeated_cross_section"`` asks new people each wave
        in clusters that got the programme or not.
    units
        People; in a repeated cross section, people at each wave.
    waves
        Names, baseline first. Nobody is exposed at the baseline.
    clusters
        Groups or neighbourhoods; required where they are what is allocated.
    cluster_cv
        Coefficient of variation of cluster sizes.
    sites
        Sites; clusters (or people) are spread over them in turn, and allocation is within site.
    block_size
        People per block where people are allocated.
    share_treated
        Share of people (or clusters) in the programme from the start.
    delay
        Waves that a wait-list waits.
    group_size
        Where people are allocated: how many meet together, all of one site and arm. What they
        share (`icc`) then comes after the lottery, as in a circle; None: nobody shares anything.

    Raises
    ------
    ValueError
        If the design is impossible.
    """

    kind: DesignKind
    units: int
    waves: tuple[str, ...] = ("T0", "T1", "T2", "T3", "T4")
    clusters: int | None = None
    cluster_cv: float = 0.0
    sites: int = 1
    block_size: int = 4
    share_treated: float = 0.5
    delay: int = 2
    group_size: int | None = None

    def __post_init__(self) -> None:
        if self.group_size is not None and (self.group_size < 1 or self.by_cluster):
            raise ValueError("Groups of at least one meet where people are allocated.")
        if self.units < 1 or self.sites < 1 or self.block_size < 1 or not self.waves:
            raise ValueError("A design has at least one person, site and wave, and blocks of one.")
        if not 0 <= self.share_treated <= 1:
            raise ValueError("share_treated is a share between 0 and 1.")
        if self.by_cluster and self.clusters is None:
            raise ValueError(f"{self.kind} allocates clusters; say how many.")
        if self.clusters is not None and not 1 <= self.clusters <= self.units:
            raise ValueError("There must be between one cluster and one for each person.")
        if self.kind == "stepped_wedge" and len(self.waves) < 3:
            raise ValueError("A stepped wedge needs at least three waves.")

    @property
    def by_cluster(self) -> bool:
        """Whether clusters, not people, are allocated."""
        return self.kind in ("cluster_parallel", "stepped_wedge", "repeated_cross_section")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The truth about one outcome, as a normal variable behind it (variance 1 at baseline).

    Attributes
    ----------
    name, kind
        ``"score"`` is the sum of `items` items from 0 to 4.
    effect
        Of the programme from the first exposed wave, in latent standard deviations.
    trend
        Change of everybody per wave, latent standard deviations.
    icc, site_icc
        Shares of the variance between clusters and between sites.
    cluster_autocorrelation
        Correlation of a cluster with itself at another wave (Hooper & Bourke 2015).
    rho
        Correlation of a person with himself at another wave, within cluster.
    baseline
        Mean (continuous), prevalence (binary) or mean count at baseline.
    sd
        Units of a continuous outcome per latent standard deviation.
    zero_inflation, dispersion
        Of a count: share of extra zeros, and 1/size of the negative binomial (0: Poisson).
    shares
        Ordinal and items: share of each category at baseline, adding up to 1.
    items, loading
        Number of items of a score and their correlation with the latent variable.
    fade
        Share of the effect lost with each wave after the first exposed one.
    """

    name: str
    kind: OutcomeKind = "continuous"
    effect: float = 0.0
    trend: float = 0.0
    icc: float = 0.0
    site_icc: float = 0.0
    cluster_autocorrelation: float = 1.0
    rho: float = 0.6
    baseline: float = 0.0
    sd: float = 1.0
    zero_inflation: float = 0.0
    dispersion: float = 1.0
    shares: tuple[float, ...] = (0.2, 0.2, 0.2, 0.2, 0.2)
    items: int = 0
    loading: float = 0.7
    fade: float = 0.0

    def __post_init__(self) -> None:
        parts = (self.icc, self.site_icc, self.rho, self.cluster_autocorrelation, self.loading)
        if any(not 0 <= part <= 1 for part in parts) or self.icc + self.site_icc > 1:
            raise ValueError(f"{self.name}: correlations lie between 0 and 1, and icc + site_icc.")
        if self.kind == "binary" and not 0 < self.baseline < 1:
            raise ValueError(f"{self.name}: baseline is a prevalence between 0 and 1.")
        if self.kind == "count" and not (self.baseline > 0 and 0 <= self.zero_inflation < 1):
            raise ValueError(f"{self.name}: a count needs a positive mean and zeros below 1.")
        if abs(sum(self.shares) - 1) > 1e-9 or min(self.shares) <= 0:
            raise ValueError(f"{self.name}: shares are positive and add up to 1.")
        if self.kind == "score" and self.items < 1:
            raise ValueError(f"{self.name}: a score needs its number of items.")


@dataclass(frozen=True, slots=True)
class Informant:
    """Who tells, and with what error.

    Attributes
    ----------
    name
        ``"man"``, ``"partner"``…
    reach
        Share of people about whom this informant can be asked at all.
    sensitivity, specificity
        By wave, the last one repeated: probability of telling what happened, and of telling
        nothing where nothing did. Counts: each event is told with the sensitivity. Ordinal and
        scores: one category less with probability 1 - sensitivity.
    sensitivity_exposed
        The same for people already in the programme; empty: as the others. This is the
        misreporting that looks like an effect.
    noise, shift
        Continuous and scores: standard deviation of the error and its mean by wave, in the
        outcome's own units.
    shift_exposed
        The mean by wave for people already in the programme; empty: as the others.
    """

    name: str
    reach: float = 1.0
    sensitivity: tuple[float, ...] = (1.0,)
    specificity: tuple[float, ...] = (1.0,)
    sensitivity_exposed: tuple[float, ...] = ()
    noise: float = 0.0
    shift: tuple[float, ...] = (0.0,)
    shift_exposed: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        shares = (self.reach, *self.sensitivity, *self.specificity, *self.sensitivity_exposed)
        if any(not 0 <= share <= 1 for share in shares) or not (
            self.sensitivity and self.specificity and self.shift
        ):
            raise ValueError(f"{self.name}: reach, sensitivity, specificity lie between 0 and 1.")


HONEST = Informant("truth")


def couple() -> tuple[Informant, Informant]:
    """Return the man and his partner with the errors of the parameter file."""
    specificity = (value("specificity"),)
    man = Informant(
        "man",
        sensitivity=(value("sensitivity_man_before"),),
        sensitivity_exposed=(value("sensitivity_man_after"),),
        specificity=specificity,
    )
    partner = Informant(
        "partner",
        reach=value("reach_partner"),
        sensitivity=(value("sensitivity_partner"),),
        specificity=specificity,
    )
    return man, partner


@dataclass(frozen=True, slots=True)
class Attrition:
    """Who is lost before the last wave.

    Attributes
    ----------
    mechanism
        ``"mcar"``: anybody. ``"mar"``: depends on what the informant last told of the first
        outcome. ``"mnar"``: depends on what is true now.
    share
        Lost by the last wave; the same expected share at each wave of those still there.
    slope
        Log odds of leaving per standard deviation of what it depends on.
    share_treated
        Share lost in the programme arm, where it differs.
    by_informant
        Share lost by an informant's name, instead of `share`.
    intermittent
        Probability that a later wave is missed by somebody who comes back.
    """

    mechanism: Mechanism = "mcar"
    share: float = 0.0
    slope: float = 1.0
    share_treated: float | None = None
    by_informant: Mapping[str, float] = field(default_factory=dict)
    intermittent: float = 0.0

    def __post_init__(self) -> None:
        shares = (self.share, self.share_treated or 0.0, *self.by_informant.values())
        if any(not 0 <= s < 1 for s in (*shares, self.intermittent)):
            raise ValueError("Shares lost lie between 0 and 1, and somebody must remain.")


NO_ATTRITION = Attrition()
