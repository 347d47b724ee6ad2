"""Sealed links: keeping the stock, taking one, answering on it, and making it noise again.

No row of the log is written here. That somebody took a link, answered on it or took it back would
tell a woman's referral from none; who sends one writes their own line, on their own side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import Organisation
from tequio.access.policies import not_visible
from tequio.access.vault import key_of
from tequio.core import clock, entropy
from tequio.core.errors import DomainError
from tequio.network.models import Slip as Row
from tequio.network.queries.slips import found
from tequio.network.rules import slips
from tequio.network.rules.slips import Answer, Slip

# Half of them are his side's, half hers; of what is used nothing shows.
STOCK: Final = 64
_KEPT_MONTHS: Final = 3
_WEIGHT: Final = 1 + 12 + 4096 + 16


def keep_stock() -> None:
    """Make every organisation's rows of this month, and let old ones go. Runs by the clock."""
    Row.objects.filter(erase_after__lte=clock.now().date()).delete()
    for key in Organisation.objects.values_list("pk", flat=True):
        keep_stock_of(key)


@transaction.atomic
def keep_stock_of(organisation_id: UUID) -> None:
    """Make one organisation's rows of this month unless they are there."""
    goes = _goes(clock.now().date())
    # Two at once would make twice as many: the second waits here.
    Organisation.objects.select_for_update().get(pk=organisation_id)
    if not Row.objects.filter(organisation=organisation_id, erase_after=goes).exists():
        Row.objects.bulk_create([_noise(organisation_id, goes) for _n in range(STOCK)])


@transaction.atomic
def take(*, organisation_id: UUID, which: str, markers: Sequence[bytes], slip: Slip) -> str:
    """Put a slip into a free row of one side's half; return the secret for the address.

    `markers` are the secrets by which that side knows its rows again; the first marks this one.
    The caller has asked whether its person may. Behind the wall nothing is made: a stock that
    appeared with a woman's link would tell of it.
    """
    if which == slips.HALVES[0]:
        keep_stock_of(organisation_id)
    goes = _goes(clock.now().date())
    rows = {
        row.pk: row
        for row in Row.objects.filter(organisation=organisation_id, erase_after=goes).only("mark")
    }
    mine = [rows[key] for key in slips.half(key_of(organisation_id), list(rows), which)]
    free = [row for row in mine if not _is_taken(row, markers)]
    if not free:
        raise DomainError(
            _("Este mes ya no quedan ligas."),
            hint=_("Llama por teléfono a quien la recibe, y anota aquí lo que contesten."),
        )
    stream: entropy.Stream = "public" if which == slips.HALVES[0] else "walled"
    row = free[entropy.below(len(free), stream=stream)]
    secret = entropy.token_bytes(slips.SECRET, stream=stream)
    try:
        row.sealed = slips.seal(secret, row.pk, slip)
    except slips.TooLong as error:
        raise DomainError(
            _("Es demasiado texto para una liga; no se envió nada."),
            hint=_("Comparte lo menos que alcance: una o dos frases por dato."),
        ) from error
    row.digest, row.mark = slips.digest_of(secret), slips.mark_of(markers[0], row.pk)
    row.save(update_fields=["digest", "sealed", "mark"])
    return slips.written(secret)


@transaction.atomic
def answer(*, secret: str, state: str, why: str = "") -> Slip:
    """Write what the other organisation says, as whoever holds the link; nobody signs in here."""
    there = found(secret, lock=True)
    if there is None:
        raise not_visible()
    today = clock.today(there.row.organisation.timezone)
    try:
        slip = there.slip.answered(Answer(state, today, why))
    except ValueError as error:
        raise DomainError(
            _("Eso no se puede contestar ahora."),
            hint=_("Abre otra vez la liga: muestra cómo quedó y qué falta."),
        ) from error
    there.row.sealed = slips.seal(there.secret, there.row.pk, slip)
    there.row.save(update_fields=["sealed"])
    return slip


@transaction.atomic
def withdraw(*, secret: str) -> None:
    """Make a link noise again: from now on it is as if it had never been."""
    there = found(secret, lock=True, also_over=True)
    if there is None:
        return
    there.row.digest, there.row.sealed = _digest("walled"), _sealed("walled")
    # The mark stays: a row that was used is not used twice.
    there.row.save(update_fields=["digest", "sealed"])


def _is_taken(row: Row, markers: Sequence[bytes]) -> bool:
    mark = bytes(row.mark)
    return any(mark == slips.mark_of(marker, row.pk) for marker in markers)


def _noise(organisation_id: UUID, goes: date) -> Row:
    return Row(
        organisation_id=organisation_id,
        digest=_digest("public"),
        sealed=_sealed("public"),
        mark=entropy.token_bytes(32),
        erase_after=goes,
    )


def _digest(stream: entropy.Stream) -> str:
    return entropy.token_bytes(32, stream=stream).hex()


def _sealed(stream: entropy.Stream) -> bytes:
    return b"\x01" + entropy.token_bytes(_WEIGHT - 1, stream=stream)


def _goes(day: date) -> date:
    """Return the first day of the month in which rows of this month go."""
    months = day.year * 12 + day.month - 1 + _KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)
