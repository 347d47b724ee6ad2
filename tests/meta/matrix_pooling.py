"""Pooling and monitoring in the table: what their addresses hold, and what is sent to them."""

from __future__ import annotations

from typing import Any, Final

from tests.factories import pooling

from tequio.access.models import User
from tequio.studies.actions import pooling as actions
from tequio.studies.models import Expectation, PoolAgreement

# What of an address belongs to an organisation.
KEYS: Final = frozenset({"pool_id", "packet_id"})
SENT: Final[dict[str, dict[str, Any]]] = {
    "studies:expect": {"measure": "waves", "percent": "60", "since": "2026-11-02"},
}


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation, among so many."""
    director = pooling.director_of(by.organisation)
    agreement = pooling.proposed(director)
    frozen = pooling.data_set(director, pooling.answers(30, 1))
    if how_many == 1:
        # The table asks for our packet; the budget, for the page before there is one.
        actions.sum_up(by=director, agreement_id=agreement.pk, data_set_id=frozen.pk)
    for name in "bcde"[: min(how_many, 4)]:
        packet = pooling.brought(director, agreement, name, ord(name))
    Expectation.objects.bulk_create(
        Expectation(
            organisation=by.organisation,
            measure="waves",
            percent=60,
            since=pooling.UNTIL,
            written_by=director,
        )
        for _n in range(how_many // 10)
    )
    others = [
        PoolAgreement(
            organisation=by.organisation,
            code=f"{n:08}",
            title=agreement.title,
            instrument=agreement.instrument,
            version=agreement.version,
            measure=agreement.measure,
            design=agreement.design,
            design_sha256=agreement.design_sha256,
            sealed_key=agreement.sealed_key,
            label=agreement.label,
            named=False,
            proposed=True,
            made_by=director,
        )
        for n in range(how_many // 10)
    ]
    PoolAgreement.objects.bulk_create(others)
    return {"pool_id": agreement.pk, "packet_id": packet.pk}
