"""An agreement of the demonstration with five invented organisations, and what ours assumes."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.pooling import make_packet, sign_packet
from tequio.access.models import User
from tequio.core import clock, ids
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment
from tequio.studies import pool_vault
from tequio.studies.actions import monitoring, pooling
from tequio.studies.queries import pooling as queries
from tequio.studies.rules.pooling import unnamed

# Name (empty: it did not want one), men, and by how much less of them tell of it afterwards.
_OTHERS: Final = (
    ("Casa Sur (inventada)", 84, 0.16),
    ("", 47, 0.02),
    ("Centro Ahuehuete (inventado)", 132, 0.11),
    ("", 39, 0.24),
    ("", 61, 0.07),
)
_AT_THE_START: Final = 0.8
_ANSWER_AGAIN: Final = 0.6
_ASSUMED: Final = (("retention", 60, 6), ("sessions", 90, None), ("waves", 60, None))
_QUESTION: Final = pooling.Proposed(
    title="Seis organizaciones: violencia psicológica, de T0 a T3",
    instrument="conductas-el",
    measure="psychological_any",
    last="T3",
    middle=False,
    arms="one",
    fewest=5,
)


def tell(director: User, evaluator: User, *, seed: int = 2010) -> None:
    """Write what is assumed, agree with the others, and bring what they sent."""
    today = clock.today(ZONE)
    since = today - timedelta(days=210)
    with clock.at(moment(since, time(10, 0))):
        for measure, percent, session in _ASSUMED:
            monitoring.expect(
                by=evaluator, measure=measure, percent=percent, since=since, session=session
            )
    with clock.at(moment(today - timedelta(days=40), time(12, 0))):
        agreement = pooling.propose(by=director, chosen=_QUESTION, named=True)
    rng = np.random.default_rng(seed)
    design, signer = queries.design_of(agreement), pool_vault.signer(agreement)
    for n, (name, men, less) in enumerate(_OTHERS):
        sums = make_packet(design, name or unnamed(ids.new_folio()), _answers(rng, men, less))
        with clock.at(moment(today - timedelta(days=20 - n), time(9, 30))):
            data = sign_packet(sums, signer).encode()
            pooling.bring(by=director, agreement_id=agreement.pk, data=data)
    # Ours, where a release of rows that answer the question is out already.
    for frozen in queries.data_sets(director, agreement)[:1]:
        pooling.sum_up(by=director, agreement_id=agreement.pk, data_set_id=frozen.pk)


def _answers(rng: np.random.Generator, men: int, less: float) -> npt.NDArray[np.float64]:
    """Return whether each invented man tells of it at the start, and afterwards if he answers."""
    before = rng.random(men) < _AT_THE_START
    after = before & (rng.random(men) > less / _AT_THE_START)
    answers = np.column_stack((before, after)).astype(np.float64)
    answers[rng.random(men) > _ANSWER_AGAIN, 1] = np.nan
    return answers
