"""Deciding with a man what comes now: parallel tracks, or another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.record import record
from tequio.care import questions, vault
from tequio.care.models import Diagnosis, Plan
from tequio.care.policies import man_for
from tequio.core import clock
from tequio.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Track:
    """One thing that is done beside the others, with its reason and, if not here, where."""

    code: str
    why: str
    where: str = ""


@transaction.atomic
def decide(
    *, by: User, folio: str, decision: str, tracks: Sequence[Track], why: str, where: str = ""
) -> Plan:
    """Write the plan in force; the one before stays to be read."""
    man = man_for(by, folio, Permission.PLAN_MAKE)
    if not man.diagnoses.filter(state=Diagnosis.State.DONE).exists():
        raise DomainError(
            _("Antes del plan va el diagnóstico."),
            hint=_("Termina el diagnóstico de este participante."),
        )
    _refuse_unreasoned(decision, tracks, why, where)
    now = clock.now()
    man.plans.filter(replaced_at__isnull=True).update(replaced_at=now)
    plan = Plan(
        organisation_id=man.organisation_id,
        participant=man,
        decision=decision,
        made_by=by,
        made_at=now,
    )
    body = {
        "why": why.strip(),
        "where": where.strip(),
        "tracks": [asdict(track) for track in tracks],
    }
    plan.sealed = vault.seal(man.organisation_id, "plan", plan.pk, body)
    plan.save(force_insert=True)
    record("plan.make", by=by, subject=man)
    return plan


def _refuse_unreasoned(decision: str, tracks: Sequence[Track], why: str, where: str) -> None:
    known = dict(questions.TRACKS)
    if decision not in Plan.Decision.values or any(track.code not in known for track in tracks):
        raise DomainError(_("Ese plan no existe."), hint=_("Elige de la lista."))
    if not why.strip():
        raise DomainError(_("Un plan lleva sus razones."), hint=_("Escribe por qué, sin nombres."))
    if decision == Plan.Decision.ELSEWHERE:
        if not where.strip():
            raise DomainError(
                _("Falta decir a dónde."),
                hint=_("«Aquí no» va siempre con un «allá sí»: el lugar y cómo se llega."),
            )
        return
    if not tracks:
        raise DomainError(_("Falta al menos un camino."), hint=_("Elige lo que va a hacer."))
    bare = [str(known[track.code]) for track in tracks if not track.why.strip()]
    if bare:
        raise DomainError(
            _("Falta la razón de: %(tracks)s.") % {"tracks": ", ".join(bare)},
            hint=_("Cada camino lleva su razón."),
        )
