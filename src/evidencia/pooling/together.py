"""What a coalition learns: all together, each by itself, how much they differ, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evidencia.estimate import Effect
from evidencia.measures.meta import MetaAnalysis, meta_analysis
from evidencia.mixed.mmrm import MMRM
from evidencia.pooling.packet import Packet
from evidencia.pooling.pooled import agreed, pooled_mmrm
from evidencia.words import Note, Refusal

Question = Literal["change", "difference_in_change"]


@dataclass(frozen=True, slots=True)
class Own:
    """One organisation by itself.

    Attributes
    ----------
    n_units
        People behind its sums.
    effect
        Its own answer, from its own packet alone; None where there is none.
    refused
        Why there is none.
    without
        The answer of all the others together; None where that cannot be had.
    weight
        Its part of the mean between organisations, 0 to 1; None where it is not in it.
    """

    organisation: str
    n_units: int
    effect: Effect | None
    refused: Note | None
    without: Effect | None
    weight: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """The pooled answer and what surrounds it.

    Attributes
    ----------
    question
        ``"change"`` of one arm between the first and the last wave of the design, or
        ``"difference_in_change"``: the change of the second arm minus that of the first.
    since, wave
        Names of those waves.
    stacked
        As if all rows lay in one table, each organisation with its own level: its interval takes
        the effect to be the same in all of them.
    between
        Mean of the organisations' own answers, which may differ (random effects, Hartung &
        Knapp), with its spread; None with fewer than two answers.
    own
        Organisation by organisation, in order of their names.
    notes
        What must be read beside all of it.
    """

    question: Question
    since: str
    wave: str
    stacked: Effect
    between: MetaAnalysis | None
    own: tuple[Own, ...]
    notes: tuple[Note, ...]

    @property
    def main(self) -> Effect:
        """Return the answer to read first: between organisations, where there is one."""
        return self.stacked if self.between is None else self.between.effect

    @property
    def n_units(self) -> int:
        """Return how many people stand behind all packets."""
        return sum(one.n_units for one in self.own)

    @property
    def fragile(self) -> tuple[str, ...]:
        """Return the organisations without which the answer would be on the other side of zero.

        An answer is on a side when its whole interval is.
        """
        side = _side(self.stacked)
        return tuple(
            one.organisation
            for one in self.own
            if one.without is not None and _side(one.without) != side
        )


def together(packets: Sequence[Packet], *, level: float = 0.95) -> Together:
    """Answer the question of a design from everybody's packets.

    Parameters
    ----------
    packets
        One per organisation, all of one design with at least two waves and at most two arms.
    level
        Confidence level.

    Raises
    ------
    Refusal
        No packet, two designs, an organisation twice; a design that asks nothing that can be
        answered here; or what :func:`pooled_mmrm` refuses of all packets together.
    """
    ordered = sorted(packets, key=lambda packet: packet.organisation)
    agreed(ordered)
    design = ordered[0].design
    if len(design.waves) < 2 or len(design.arms) > 2:
        raise Refusal(Note.of("pooling.no_question"))
    whole = pooled_mmrm(ordered, level=level)
    stacked = _answer(whole, len(design.waves) - 1)
    alone = [_alone(packet, level) for packet in ordered]
    between = _between(ordered, alone, level)
    weights = {} if between is None else dict(zip(between.names, between.weights, strict=True))
    own = tuple(
        Own(
            organisation=packet.organisation,
            n_units=packet.n_units,
            effect=found if isinstance(found, Effect) else None,
            refused=found if isinstance(found, Note) else None,
            without=_without(ordered, packet, level),
            weight=None if (at := packet.organisation) not in weights else float(weights[at]),
        )
        for packet, found in zip(ordered, alone, strict=True)
    )
    few = () if between is not None else (Note.of("pooling.no_mean"),)
    return Together(
        question="change" if len(design.arms) == 1 else "difference_in_change",
        since=design.waves[0],
        wave=design.waves[-1],
        stacked=stacked,
        between=between,
        own=own,
        notes=tuple(dict.fromkeys((*whole.notes, *few, *_of(between)))),
    )


def _of(between: MetaAnalysis | None) -> tuple[Note, ...]:
    return () if between is None else between.notes


def _answer(fit: MMRM, wave: int) -> Effect:
    arms = fit.arms
    return fit.change(arms[0], wave) if len(arms) == 1 else fit.did(arms[1], wave)


def _alone(packet: Packet, level: float) -> Effect | Note:
    """Return the answer of one packet, or why it has none."""
    arms = {cell.arm for cell in packet.cells}
    if missing := [arm for arm in packet.design.arms if arm not in arms]:
        return Note.of("pooling.arm_missing", arm=missing[0])
    try:
        return _answer(pooled_mmrm([packet], level=level), len(packet.design.waves) - 1)
    except Refusal as refused:
        return refused.note


def _between(
    packets: Sequence[Packet], alone: Sequence[Effect | Note], level: float
) -> MetaAnalysis | None:
    found = [
        (packet.organisation, packet.n_units, effect, effect.se)
        for packet, effect in zip(packets, alone, strict=True)
        if isinstance(effect, Effect) and effect.se is not None
    ]
    if len(found) < 2:
        return None
    return meta_analysis(
        [effect.estimate for _name, _n, effect, _se in found],
        [se for _name, _n, _effect, se in found],
        names=[name for name, _n, _effect, _se in found],
        level=level,
        n_units=sum(n for _name, n, _effect, _se in found),
    )


def _without(packets: Sequence[Packet], out: Packet, level: float) -> Effect | None:
    rest = [packet for packet in packets if packet is not out]
    if not rest:
        return None
    arms = {cell.arm for packet in rest for cell in packet.cells}
    if any(arm not in arms for arm in out.design.arms):
        return None
    try:
        return _answer(pooled_mmrm(rest, level=level), len(out.design.waves) - 1)
    except Refusal:
        return None


def _side(effect: Effect) -> int:
    return int(effect.ci_low > 0) - int(effect.ci_high < 0)
