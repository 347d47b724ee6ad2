"""Agreements, packets of invented organisations, and published rows of ours to sum up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
from tests.factories.access import UserFactory

from evidencia.pooling import HmacSigner, PooledDesign, make_packet, sign_packet
from tequio.access.models import Organisation, User
from tequio.core import clock
from tequio.studies import data_vault, pool_vault
from tequio.studies.actions import pooling as actions
from tequio.studies.models import (
    DataSet,
    DataSetRows,
    Plan,
    PoolAgreement,
    PoolPacket,
    Release,
    Run,
    Study,
)
from tequio.studies.queries.pooling import design_of

UNTIL = date(2026, 6, 30)
QUESTION = actions.Proposed(
    title="Ocho organizaciones, una pregunta",
    instrument="conductas-el",
    measure="control_count",
    last="T3",
    middle=False,
    arms="one",
    fewest=5,
)


def director_of(organisation: Organisation) -> User:
    made = UserFactory.create(organisation=organisation, roles=["director"])
    return User.objects.select_related("organisation").get(pk=made.pk)


def proposed(by: User, *, named: bool = False) -> PoolAgreement:
    return actions.propose(by=by, chosen=QUESTION, named=named)


def answers(n: int, seed: int, change: float = -1.0) -> np.ndarray:
    """What n invented men answered at T0 and T3; some of them left before."""
    rng = np.random.default_rng(seed)
    y = np.round(2.5 + rng.normal(0, 1, n)[:, None] + rng.normal(0, 0.7, (n, 2)), 0)
    y[:, 1] = np.round(y[:, 1] + change)
    y[rng.random(n) < 0.25, 1] = np.nan
    return y


def packet_text(
    agreement: PoolAgreement,
    name: str,
    outcome: np.ndarray,
    *,
    key: bytes | None = None,
    design: PooledDesign | None = None,
    code: str = "",
) -> bytes:
    """Return the file that another organisation would send."""
    made = make_packet(design or design_of(agreement), name, outcome)
    secret = pool_vault.open_key(agreement) if key is None else key
    return sign_packet(made, HmacSigner(code or agreement.code, secret)).encode()


def brought(by: User, agreement: PoolAgreement, name: str, seed: int, n: int = 30) -> PoolPacket:
    data = packet_text(agreement, name, answers(n, seed))
    return actions.bring(by=by, agreement_id=agreement.pk, data=data)


def rows_file(outcome: np.ndarray, waves: Sequence[str] = ("T0", "T3")) -> bytes:
    """Write answers as a frozen file holds them: a row per man and moment."""
    lines = ["unit,wave,informant,site,group,dose,control_count"]
    for man, line in enumerate(outcome):
        for wave, value in zip(waves, line, strict=True):
            told = "" if np.isnan(value) else f"{value:g}"
            lines.append(f"m{man:04},{wave},ellos,Centro,Martes,6,{told}")
    return ("\n".join(lines) + "\n").encode()


RECIPE: Final = {
    "schema": 1,
    "source": "men",
    "population": {"editions": "all", "from": "2026-01-01", "to": "2026-12-31"},
    "outcomes": [
        {"instrument": "conductas-el", "measure": "control_count", "name": "control_count"}
    ],
    "waves": ["T0", "T3"],
    "arm": None,
    "covariates": [],
    "calendar": {"every": "half", "first": "2026-08-15"},
}


def plan_of_control(by: User) -> Plan:
    """A frozen plan of men's own words whose recipe asks for control at T0 and T3."""
    study = Study.objects.create(
        organisation=by.organisation,
        title="Control, de T0 a T3",
        question="violencia-hombres",
        informant="men",
        state=Study.State.PLANNED,
        choices={"wave": "T3"},
        begun_by=by,
    )
    return Plan.objects.create(study=study, text="x", recipe=RECIPE, sha256="1" * 64, frozen_by=by)


def data_set(by: User, outcome: np.ndarray, *, published: bool = True) -> DataSet:
    """Freeze rows of ours; published, their day has come."""
    plan = plan_of_control(by)
    made = DataSet.objects.create(
        organisation=by.organisation,
        study=plan.study,
        plan=plan,
        number=1,
        until=UNTIL,
        rows=outcome.size,
        units=len(outcome),
        refused=0,
        fresh=0,
        sha256="2" * 64,
        built_by=by,
    )
    file = rows_file(outcome)
    DataSetRows.objects.create(data_set=made, sealed=data_vault.seal_rows(made, file))
    run = Run.objects.create(
        organisation=by.organisation,
        study=plan.study,
        data_set=made,
        due_on=date(2026, 8, 15),
        state=Run.State.DONE,
        started_by=by,
        finished_at=clock.now(),
    )
    if published:
        Release.objects.create(
            id=Release.key_of(plan.study_id, date(2026, 8, 15)),
            organisation=by.organisation,
            study=plan.study,
            plan=plan,
            run=run,
            number=1,
            due_on=date(2026, 8, 15),
            period_from=date(2026, 1, 1),
            period_to=UNTIL,
            outcome=Release.Outcome.NOT_ENOUGH,
            seal=Release.Seal.SHA256,
            sha256="2" * 64,
        )
    return made
