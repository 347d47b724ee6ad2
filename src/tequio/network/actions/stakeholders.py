"""Writing down who is in the network, what they promised and how they are tied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import fold, squeeze
from tequio.network.models import Agreement, Commitment, Stakeholder, Tie
from tequio.network.needs import NEEDS
from tequio.network.policies.stakeholders import (
    agreements_visible_to,
    ties_visible_to,
    visible_to,
)


@dataclass(frozen=True, slots=True)
class Who:
    """Who somebody in the network is, as it was typed."""

    name: str
    kind: str
    does: str = ""
    needs: tuple[str, ...] = ()
    municipality: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed, as it was typed."""

    what: str
    starts_on: date
    ends_on: date | None = None
    signed_on: date | None = None
    signed_by_them: str = ""
    signed_by_us: str = ""


@transaction.atomic
def add(*, by: User, who: Who) -> Stakeholder:
    """Add somebody to the network. With the first one, we ourselves stand in it too."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    us(by=by)
    found = Stakeholder(organisation_id=by.organisation_id, added_by=by)
    _put(found, who)
    record("stakeholder.add", by=by, subject=found)
    return found


@transaction.atomic
def change(*, by: User, stakeholder_id: UUID, who: Who) -> Stakeholder:
    """Change what is said of somebody."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = _one(by, stakeholder_id)
    _put(found, who)
    record("stakeholder.change", by=by, subject=found)
    return found


@transaction.atomic
def us(*, by: User) -> Stakeholder:
    """Return our own row; make it the first time."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = visible_to(by).filter(is_us=True).first()
    if found is None:
        found = Stakeholder(
            organisation_id=by.organisation_id, added_by=by, is_us=True, kind="organisation"
        )
        _put(found, Who(by.organisation.name, "organisation"))
        record("stakeholder.add", by=by, subject=found)
    return found


@transaction.atomic
def commit(
    *, by: User, stakeholder_id: UUID, level: str, since: date, because: str = ""
) -> Commitment:
    """Say how far somebody goes along since a day. What was said before stays."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = _one(by, stakeholder_id)
    _not_later(by, since)
    if level not in Commitment.Level.values:
        raise DomainError(_("Falta hasta dónde se compromete. Elige una de la lista."))
    said = Commitment.objects.create(
        stakeholder=found, level=level, since=since, because=squeeze(because), said_by=by
    )
    record("stakeholder.commit", by=by, subject=found, detail={"level": level})
    return said


@transaction.atomic
def agree(*, by: User, stakeholder_id: UUID, said: Agreed) -> Agreement:
    """Write down an agreement, signed or not yet."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = _one(by, stakeholder_id)
    if said.ends_on is not None and said.ends_on < said.starts_on:
        raise DomainError(_("El acuerdo termina antes de empezar. Revisa las dos fechas."))
    signatures = [said.signed_on, said.signed_by_them, said.signed_by_us]
    if any(signatures) and not all(signatures):
        raise DomainError(
            _("La firma está a medias."),
            hint=_("Anota el día, quién firmó por ellos y quién por nosotros; o nada de eso."),
        )
    made = Agreement.objects.create(
        organisation_id=by.organisation_id,
        stakeholder=found,
        what=squeeze(said.what),
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        signed_on=said.signed_on,
        signed_by_them=squeeze(said.signed_by_them),
        signed_by_us=squeeze(said.signed_by_us),
        written_by=by,
    )
    record("agreement.add", by=by, subject=made)
    return made


@transaction.atomic
def end_agreement(*, by: User, agreement_id: UUID, on: date, because: str) -> Agreement:
    """End an agreement before its day, and say why."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(agreements_visible_to(by).select_for_update(of=("self",)), pk=agreement_id)
    if found.ended_early_on is not None:
        raise Conflict(_("Este acuerdo ya se había terminado."))
    _not_later(by, on)
    if on < found.starts_on:
        raise DomainError(_("El acuerdo no había empezado ese día. Revisa la fecha."))
    found.ended_early_on, found.ended_because = on, squeeze(because)
    found.save(update_fields=["ended_early_on", "ended_because"])
    record("agreement.end", by=by, subject=found)
    return found


@transaction.atomic
def tie(
    *, by: User, source_id: UUID, target_id: UUID, kind: str, observed_on: date, told_by: str
) -> Tie:
    """Write down how one stands to another, as somebody saw it on a day."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    source, target = _one(by, source_id), _one(by, target_id)
    if source.pk == target.pk:
        raise DomainError(_("Un lazo une a dos: elige a alguien más."))
    if kind not in Tie.Kind.values:
        raise DomainError(_("Falta qué lazo es. Elige uno de la lista."))
    _not_later(by, observed_on)
    if Tie.objects.filter(source=source, target=target, kind=kind, ended_on=None).exists():
        raise Conflict(
            _("Ese lazo ya está anotado."),
            hint=_("Si cambió, di primero que se terminó el anterior."),
        )
    made = Tie.objects.create(
        organisation_id=by.organisation_id,
        source=source,
        target=target,
        kind=kind,
        observed_on=observed_on,
        told_by=squeeze(told_by),
        written_by=by,
    )
    record("tie.add", by=by, subject=made, detail={"kind": kind})
    return made


@transaction.atomic
def end_tie(*, by: User, tie_id: UUID, on: date) -> Tie:
    """Say that a tie is over since a day. It stays in the pictures of the days before."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(ties_visible_to(by).select_for_update(of=("self",)), pk=tie_id)
    if found.ended_on is not None:
        raise Conflict(_("Ya se había anotado que este lazo terminó."))
    _not_later(by, on)
    if on < found.observed_on:
        raise DomainError(_("Ese día el lazo todavía no se había visto. Revisa la fecha."))
    found.ended_on = on
    found.save(update_fields=["ended_on"])
    record("tie.end", by=by, subject=found, detail={"kind": found.kind})
    return found


def _one(by: User, stakeholder_id: UUID) -> Stakeholder:
    return pick(visible_to(by).select_for_update(of=("self",)), pk=stakeholder_id)


def _put(found: Stakeholder, who: Who) -> None:
    found.name = squeeze(who.name)
    found.name_key = fold(found.name)
    found.kind, found.does = who.kind, squeeze(who.does)
    found.needs = [need for need in NEEDS if need in who.needs]
    found.municipality, found.telephone = who.municipality, squeeze(who.telephone)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as error:
        raise Conflict(
            _("«%(name)s» ya está en la red.") % {"name": found.name},
            hint=_("Búscala en la lista; si es otra, agrega algo que las distinga."),
        ) from error


def _not_later(by: User, day: date) -> None:
    if day > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega. Anota lo que ya pasó."))
